/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-payload.h"
#include "linli-case-rules.h"
#include "linli-case-tables.h"

G_BEGIN_DECLS

/* A case taken from the shelf for the length of one command: its rows are the
 * command's own until linli_case_file_save() puts them back, with everything
 * that follows from them brought up to date. */
typedef struct
{
  LinliCommandContext       *context;    /* (unowned) */
  LinliRow                  *row;        /* (owned) the case */
  gboolean                   is_new;     /* not stored yet */
  const LinliCaseTransition *transition; /* (nullable) the rule the command runs under */
  GPtrArray                 *parts;      /* (owned) (nullable) dispatch rows, once asked for */
  GPtrArray                 *clocks;     /* (owned) (nullable) clock rows, once asked for */
  LinliRow                  *item;       /* (owned) (nullable) duty item, once asked for */
} LinliCaseFile;

/* One entry of the timeline. */
typedef struct
{
  const char   *kind;
  const char   *audience;   /* internal, unit, resident */
  const char   *body;       /* (nullable) */
  const char   *dispatch;   /* (nullable) id */
  const char   *submission; /* (nullable) id */
  LinliPayload *payload;    /* (nullable) (unowned) closed by adding */
  char        **id;         /* (nullable) (out) (transfer full) */
} LinliCaseEntry;

LinliCaseFile *linli_case_file_new        (LinliCommandContext  *context,
                                           LinliRow             *row);
LinliCaseFile *linli_case_file_load       (LinliCommandContext  *context,
                                           const char           *id,
                                           const char           *field,
                                           GError              **error);
LinliCaseFile *linli_case_file_find       (LinliCommandContext  *context,
                                           const char           *id,
                                           const char           *field,
                                           GError              **error);
LinliCaseFile *linli_case_file_open       (LinliCommandContext  *context,
                                           JsonObject           *args,
                                           const char           *variant,
                                           GError              **error);
LinliCaseFile *linli_case_file_open_as    (LinliCommandContext  *context,
                                           const char           *id,
                                           const char           *variant,
                                           const char           *field,
                                           GError              **error);
LinliCaseFile *linli_case_file_open_part  (LinliCommandContext  *context,
                                           JsonObject           *args,
                                           LinliRow            **part,
                                           GError              **error);
gboolean       linli_case_file_follow     (LinliCaseFile        *file,
                                           LinliPayload         *payload,
                                           GError              **error);
void           linli_case_file_free       (LinliCaseFile        *file);
gboolean       linli_case_file_save       (LinliCaseFile        *file,
                                           GError              **error);

const char    *linli_case_file_get_id     (LinliCaseFile        *file);
LinliCaseState linli_case_file_get_state  (LinliCaseFile        *file);
void           linli_case_file_set_state  (LinliCaseFile        *file,
                                           LinliCaseState        state);
gboolean       linli_case_file_advance    (LinliCaseFile        *file,
                                           GError              **error);
gboolean       linli_case_file_settle     (LinliCaseFile        *file,
                                           gboolean             *fits,
                                           GError              **error);
GPtrArray     *linli_case_file_get_parts  (LinliCaseFile        *file,
                                           GError              **error);
GPtrArray     *linli_case_file_get_clocks (LinliCaseFile        *file,
                                           GError              **error);
gboolean       linli_case_file_get_item   (LinliCaseFile        *file,
                                           LinliRow            **item,
                                           GError              **error);
gint64         linli_case_file_get_round  (LinliCaseFile        *file);
gboolean       linli_case_check_unit      (LinliCaseFile        *file,
                                           const char           *unit,
                                           const char           *field,
                                           GError              **error);
gboolean       linli_case_file_add_entry  (LinliCaseFile        *file,
                                           const LinliCaseEntry *entry,
                                           GError              **error);

const char    *linli_case_get_words       (JsonObject           *args,
                                           const char           *name,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseFile, linli_case_file_free)

G_END_DECLS
