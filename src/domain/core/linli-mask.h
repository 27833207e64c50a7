/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left of a resident's name, number or address for those who may not
 * know who it is (脱敏). Masking what is masked changes nothing, so that no door
 * need know whether another has done it already. */

#define LINLI_MASK_WHOLE "***" /* where not even the surname may be known */

char *linli_mask_name    (const char *name);
char *linli_mask_names   (const char *names);
char *linli_mask_phone   (const char *phone);
char *linli_mask_address (const char *address);
char *linli_mask_prose   (const char *text);
char *linli_mask_known   (const char *known,
                          const char *text);
char *linli_mask_text    (const char *kind,
                          const char *text);

G_END_DECLS
