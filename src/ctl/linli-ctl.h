/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-store.h"

G_BEGIN_DECLS

/* Exit codes, documented in linlictl(1). */
enum
{
  LINLI_EXIT_OK       = 0,
  LINLI_EXIT_USAGE    = 1, /* the call's words are off */
  LINLI_EXIT_REFUSED  = 2, /* a rule said no; nothing changed */
  LINLI_EXIT_STORE    = 3, /* the store cannot be used: locked, full, damaged, too new */
  LINLI_EXIT_PROBLEMS = 4, /* verify found something, or an import refused rows */
  LINLI_EXIT_FILE     = 5, /* a file cannot be read or written */
};

#define LINLI_CTL_ERROR (linli_ctl_error_quark ())
typedef enum { LINLI_CTL_ERROR_USAGE } LinliCtlError;
GQuark linli_ctl_error_quark (void);

typedef enum
{
  LINLI_FORMAT_JSON,
  LINLI_FORMAT_TABLE,
  LINLI_FORMAT_CSV,
} LinliFormat;

/* What the options before the verb said. */
typedef struct
{
  char       *folder; /* (nullable): the store */
  char       *actor;  /* (nullable): account id or name */
  char       *query;  /* (nullable): a search line */
  char       *password_file; /* (nullable): "-" is standard input */
  char       *password; /* (nullable): its first line, once read */
  LinliFormat format;
  gboolean    dry_run;
  LinliClock *clock;  /* (unowned) */
} LinliCtl;

/* Does the work and prints the answer; %FALSE with @error otherwise. The exit
 * code of success is put into @exit_code where it is not 0. */
typedef gboolean (*LinliVerbFunc) (LinliCtl  *ctl,
                                   int        argc,
                                   char     **argv,
                                   int       *exit_code,
                                   GError   **error);

typedef struct
{
  const char    *name;
  const char    *usage; /* what stands behind the name */
  const char    *doc;
  LinliVerbFunc  run;
} LinliVerb;

extern const LinliVerb linli_verbs_registry[]; /* commands, queries, run, query */
extern const LinliVerb linli_verbs_files[];    /* put */
extern const LinliVerb linli_verbs_store[];    /* init, verify, backup, restore */
extern const LinliVerb linli_verbs_sync[];     /* join, sync, fetch */
extern const LinliVerb linli_verbs_district[]; /* figures of a hub's centres */
extern const LinliVerb linli_verbs_accounts[]; /* accounts */
extern const LinliVerb linli_verbs_data[];     /* deadline and files */

gboolean    linli_ctl_usage      (GError         **error,
                                  const char      *message);
LinliStore *linli_ctl_open       (LinliCtl        *ctl,
                                  LinliStoreMode   mode,
                                  GError         **error);
JsonObject *linli_ctl_read_args  (int              argc,
                                  char           **argv,
                                  GError         **error);
char       *linli_ctl_read_text  (const char      *argument,
                                  GError         **error);
void        linli_ctl_print      (LinliCtl        *ctl,
                                  JsonNode        *answer);
void        linli_ctl_print_object (LinliCtl      *ctl,
                                  JsonObject      *answer);
void        linli_ctl_print_error (const GError   *error);
int         linli_ctl_exit_code  (const GError    *error);

JsonObject *linli_ctl_check_files (const char *folder,
                                   GPtrArray  *hashes,
                                   GPtrArray  *problems);

G_END_DECLS
