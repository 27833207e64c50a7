/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How pressing a due time is: words, icon and colour follow from it. */
typedef enum
{
  LINLI_DUE_NONE,
  LINLI_DUE_LATER,
  LINLI_DUE_SOON, /* within four hours */
  LINLI_DUE_OVER,
} LinliDueTone;

LinliDueTone  linli_due_tone          (gint64     due,
                                       gint64     now);
char         *linli_due_words         (gint64     due,
                                       gint64     now);
char         *linli_moment_words      (gint64     then,
                                       gint64     now,
                                       GTimeZone *zone);
char         *linli_moment_full_words (gint64     then,
                                       GTimeZone *zone);

G_END_DECLS
