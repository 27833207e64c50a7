/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char linli_csv_sniff_separator (const guint8 *head,
                                gsize         length);
char linli_csv_find_directive  (const guint8 *head,
                                gsize         length);

G_END_DECLS
