/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the operator chose. An option of the call comes before a variable of
 * the environment, that before the configuration file, that before what is
 * usual. */

#define LINLI_HUB_UNSET (-1)

typedef struct
{
  char *folder;
  char *database;    /* (nullable): in the folder */
  char *files;       /* (nullable): of cases; in the folder */
  char *address;     /* (nullable): loopback */
  int   port;
  char *certificate; /* (nullable) */
  char *private_key; /* (nullable) */
  char *first;       /* (nullable): name of the first workspace */
  int   per_address; /* 0: no limit */
  int   hours;       /* LINLI_HUB_UNSET: as the hub has it */
  int   days;        /* of grace of sweep; LINLI_HUB_UNSET: as the hub has it */
  int   quota;       /* of files, megabytes a workspace; 0: the usual */
  int   per_minute;
  char *public_url;
  char *unit;        /* (nullable): code of the handling unit that a code is for */
  char *reason;      /* (nullable): why a desk is let in no more, for who sits there */
  gboolean qr;       /* a code is shown as a picture */
} LinliHubOptions;

#define LINLI_HUB_OPTIONS_INIT { .port = LINLI_HUB_UNSET, .per_address = LINLI_HUB_UNSET, .hours = LINLI_HUB_UNSET, \
                                 .days = LINLI_HUB_UNSET, .quota = LINLI_HUB_UNSET, \
                                 .per_minute = LINLI_HUB_UNSET }

gboolean linli_hub_options_fill  (LinliHubOptions *self,
                                  const char      *config,
                                  GError         **error);
void     linli_hub_options_clear (LinliHubOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubOptions, linli_hub_options_clear)

G_END_DECLS
