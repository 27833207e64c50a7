/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What devices prove themselves with. A credential is 256 random bits and is
 * kept as its hash; a token says whose it is, until when, and that the hub said
 * so; a code is typed by a person, works once and not for long. */

#define LINLI_HUB_TOKEN_SECONDS 900

char    *linli_hub_secret_new     (void);
char    *linli_hub_secret_hash    (const char  *secret);
gboolean linli_hub_secret_equal   (const char  *a,
                                   const char  *b);
char    *linli_hub_code_new       (void);
char    *linli_hub_code_fold      (const char  *typed);

char    *linli_hub_token_make     (const char  *key,
                                   const char  *workspace,
                                   const char  *device,
                                   gint64       now);
gboolean linli_hub_token_check    (const char  *key,
                                   const char  *token,
                                   gint64       now,
                                   char       **workspace,
                                   char       **device);

G_END_DECLS
