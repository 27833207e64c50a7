/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-ink.h"

#include "linli-case-words.h"

/* --- One kind of writing: a node to be styled, never drawn --- */

#define LINLI_TYPE_INK_DROP (linli_ink_drop_get_type ())
G_DECLARE_FINAL_TYPE (LinliInkDrop, linli_ink_drop, LINLI, INK_DROP, GtkWidget)

struct _LinliInkDrop
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LinliInkDrop, linli_ink_drop, GTK_TYPE_WIDGET)

static void linli_case_ink_dry (LinliCaseInk *self);

static void
linli_ink_drop_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GtkWidget *ink = gtk_widget_get_ancestor (widget, LINLI_TYPE_CASE_INK);

  GTK_WIDGET_CLASS (linli_ink_drop_parent_class)->css_changed (widget, change);
  if (ink != NULL)
    linli_case_ink_dry (LINLI_CASE_INK (ink));
}

static void
linli_ink_drop_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (linli_ink_drop_parent_class)->dispose (object);
}

static void
linli_ink_drop_class_init (LinliInkDropClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_ink_drop_dispose;
  GTK_WIDGET_CLASS (klass)->css_changed = linli_ink_drop_css_changed;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
linli_ink_drop_init (LinliInkDrop *self)
{
}

/* --- All of them --- */

static const struct
{
  const char *around[3]; /* style classes of the node around it; none when there is no such node */
  const char *own[4];
} kinds[LINLI_N_INKS] = {
  [LINLI_INK_TITLE] = { { NULL }, { "row-title" } },
  [LINLI_INK_FACTS] = { { NULL }, { "row-small", "caption" } },
  [LINLI_INK_MOMENT] = { { NULL }, { "row-small", "caption", "numeric" } },
  [LINLI_INK_URGENCY] = { { NULL }, { "urgency" } },
  [LINLI_INK_STATE_OURS] = { { NULL }, { "pill-label", "ours" } },
  [LINLI_INK_STATE_THEIRS] = { { NULL }, { "pill-label", "theirs" } },
  [LINLI_INK_STATE_OVER] = { { NULL }, { "pill-label", "over" } },
  [LINLI_INK_DUE_LATER] = { { "due", "later" }, { "caption", "numeric" } },
  [LINLI_INK_DUE_SOON] = { { "due", "soon" }, { "caption", "numeric" } },
  [LINLI_INK_DUE_OVER] = { { "due", "over" }, { "caption", "numeric" } },
  [LINLI_INK_MARK] = { { NULL }, { "mark" } },
  [LINLI_INK_MARKED] = { { NULL }, { "mark", "accent" } },
};

struct _LinliCaseInk
{
  GtkWidget  parent_instance;

  /* Children */
  GtkWidget *drops[LINLI_N_INKS];

  /* State */
  int        heights[2]; /* of the lines of a row; 0 until measured */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliCaseInk, linli_case_ink, GTK_TYPE_WIDGET)

/* Words laid out before are of another style now. */
static void
linli_case_ink_dry (LinliCaseInk *self)
{
  self->heights[0] = self->heights[1] = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
linli_case_ink_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
}

static void
linli_case_ink_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linli_case_ink_parent_class)->dispose (object);
}

static void
linli_case_ink_class_init (LinliCaseInkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_case_ink_dispose;
  widget_class->snapshot = linli_case_ink_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  /* The style is another one: what was laid out has to be laid out again. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static GtkWidget *
new_drop (GtkWidget         *parent,
          const char *const *classes)
{
  GtkWidget *drop = g_object_new (LINLI_TYPE_INK_DROP, NULL);

  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_add_css_class (drop, classes[i]);
  gtk_widget_set_parent (drop, parent);

  return drop;
}

static void
linli_case_ink_init (LinliCaseInk *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_add_css_class (widget, "case-row");
  gtk_widget_set_can_target (widget, FALSE);
  for (guint i = 0; i < LINLI_N_INKS; i++)
    self->drops[i] = new_drop (kinds[i].around[0] != NULL ? new_drop (widget, kinds[i].around) : widget, kinds[i].own);
}

/* Needs a place in the window of the list to be styled; takes no room in it. */
LinliCaseInk *
linli_case_ink_new (void)
{
  return g_object_new (LINLI_TYPE_CASE_INK, NULL);
}

/* Returns: (transfer none) */
GtkStyleContext *
linli_case_ink_get_style (LinliCaseInk *self,
                          LinliInkKind  kind)
{
  g_return_val_if_fail (LINLI_IS_CASE_INK (self), NULL);

  return gtk_widget_get_style_context (self->drops[kind]);
}

/**
 * linli_case_ink_get_edge:
 * @edge: (out): what is between the words and the outside of their background
 */
void
linli_case_ink_get_edge (LinliCaseInk *self,
                         LinliInkKind  kind,
                         GtkBorder    *edge)
{
  GtkBorder border;

  g_return_if_fail (LINLI_IS_CASE_INK (self));

  gtk_style_context_get_padding (linli_case_ink_get_style (self, kind), edge);
  gtk_style_context_get_border (linli_case_ink_get_style (self, kind), &border);
  edge->left += border.left;
  edge->right += border.right;
  edge->top += border.top;
  edge->bottom += border.bottom;
}

/* Returns: (transfer full): @text in one line, until the next `changed` */
PangoLayout *
linli_case_ink_new_layout (LinliCaseInk *self,
                           LinliInkKind  kind,
                           const char   *text)
{
  PangoLayout *layout;

  g_return_val_if_fail (LINLI_IS_CASE_INK (self), NULL);

  layout = gtk_widget_create_pango_layout (self->drops[kind], text);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  for (guint i = 0; kinds[kind].own[i] != NULL; i++)
    if (g_str_equal (kinds[kind].own[i], "numeric"))
      {
        g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

        pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
        pango_layout_set_attributes (layout, attributes);
      }

  return layout;
}

/* Returns: pixels that @kind needs with words of this language */
static int
measure (LinliCaseInk *self,
         LinliInkKind  kind)
{
  g_autoptr(PangoLayout) layout = linli_case_ink_new_layout (self, kind, linli_case_state_words ("handling"));
  GtkBorder edge;
  int height;

  linli_case_ink_get_edge (self, kind, &edge);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height + edge.top + edge.bottom;
}

/* Returns: the height of the first or the second line of every row, in pixels */
int
linli_case_ink_get_height (LinliCaseInk *self,
                           guint         line)
{
  g_return_val_if_fail (LINLI_IS_CASE_INK (self), 0);
  g_return_val_if_fail (line < G_N_ELEMENTS (self->heights), 0);

  if (self->heights[line] == 0 && line == 0)
    self->heights[0] = MAX (MAX (measure (self, LINLI_INK_TITLE), measure (self, LINLI_INK_MOMENT)),
                            measure (self, LINLI_INK_URGENCY));
  else if (self->heights[line] == 0)
    self->heights[1] = MAX (MAX (measure (self, LINLI_INK_STATE_OURS), measure (self, LINLI_INK_FACTS)),
                            measure (self, LINLI_INK_DUE_SOON));

  return self->heights[line];
}

/* A symbolic icon in the colour of @kind. */
void
linli_case_ink_draw_icon (LinliCaseInk *self,
                          LinliInkKind  kind,
                          GtkSnapshot  *snapshot,
                          const char   *name,
                          int           size)
{
  GtkIconTheme *theme;
  g_autoptr(GtkIconPaintable) icon = NULL;
  GdkRGBA color;

  g_return_if_fail (LINLI_IS_CASE_INK (self));

  theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, size, gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                     gtk_widget_get_direction (GTK_WIDGET (self)), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_style_context_get_color (linli_case_ink_get_style (self, kind), &color);
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, &color, 1);
}
