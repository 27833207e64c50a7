/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The kinds of writing in the rows of a list of cases. */
typedef enum
{
  LINLI_INK_TITLE,
  LINLI_INK_FACTS,
  LINLI_INK_MOMENT,
  LINLI_INK_URGENCY,
  LINLI_INK_STATE_OURS,
  LINLI_INK_STATE_THEIRS,
  LINLI_INK_STATE_OVER,
  LINLI_INK_DUE_LATER,
  LINLI_INK_DUE_SOON,
  LINLI_INK_DUE_OVER,
  LINLI_INK_MARK,
  LINLI_INK_MARKED,
  LINLI_N_INKS
} LinliInkKind;

/* What the rows of one list are drawn with. A row of labels is a dozen style
 * nodes, and GTK 4.8 styles each of them anew whenever the row is moved, which
 * a list view does with two hundred of them at once. Here every kind of writing
 * is one node that all rows share; a row draws its words with it. */
#define LINLI_TYPE_CASE_INK (linli_case_ink_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseInk, linli_case_ink, LINLI, CASE_INK, GtkWidget)

LinliCaseInk    *linli_case_ink_new         (void);
GtkStyleContext *linli_case_ink_get_style   (LinliCaseInk *self,
                                             LinliInkKind  kind);
void             linli_case_ink_get_edge    (LinliCaseInk *self,
                                             LinliInkKind  kind,
                                             GtkBorder    *edge);
PangoLayout     *linli_case_ink_new_layout  (LinliCaseInk *self,
                                             LinliInkKind  kind,
                                             const char   *text);
int              linli_case_ink_get_height  (LinliCaseInk *self,
                                             guint         line);
void             linli_case_ink_draw_icon   (LinliCaseInk *self,
                                             LinliInkKind  kind,
                                             GtkSnapshot  *snapshot,
                                             const char   *name,
                                             int           size);

G_END_DECLS
