/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The agenda on paper: a title, and a paragraph a matter that no page break
 * cuts in two. Everything is at hand before printing begins. */

#include "config.h"

#include "linli-agenda-print.h"

#define FONT  "Noto Sans CJK SC 11"
#define GAP   12.0 /* points between two paragraphs */
#define TITLE 36.0 /* points the title takes */

typedef struct
{
  char      *title;
  GPtrArray *paragraphs; /* (owned) (element-type utf8) */
  GArray    *firsts;     /* guint: first paragraph of each page */
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_free (sheet->title);
  g_ptr_array_unref (sheet->paragraphs);
  g_array_unref (sheet->firsts);
  g_free (sheet);
}

static PangoLayout *
make_layout (GtkPrintContext *context,
             const char      *text,
             const char      *font)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr(PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Sheet             *sheet)
{
  double room = gtk_print_context_get_height (context);
  double used = TITLE;
  guint first = 0;

  g_array_set_size (sheet->firsts, 0);
  g_array_append_val (sheet->firsts, first);
  for (guint i = 0; i < sheet->paragraphs->len; i++)
    {
      g_autoptr(PangoLayout) layout = make_layout (context, sheet->paragraphs->pdata[i], FONT);
      double height = height_of (layout) + GAP;

      if (used + height > room && used > TITLE)
        {
          g_array_append_val (sheet->firsts, i);
          used = TITLE;
        }
      used += height;
    }
  gtk_print_operation_set_n_pages (operation, (int) sheet->firsts->len);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Sheet             *sheet)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint from = g_array_index (sheet->firsts, guint, page);
  guint to = (guint) page + 1 < sheet->firsts->len ? g_array_index (sheet->firsts, guint, page + 1) : sheet->paragraphs->len;
  g_autoptr(PangoLayout) title = make_layout (context, sheet->title, "Noto Sans CJK SC Bold 16");
  double y = TITLE;

  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, title);
  for (guint i = from; i < to; i++)
    {
      g_autoptr(PangoLayout) layout = make_layout (context, sheet->paragraphs->pdata[i], FONT);

      cairo_move_to (cr, 0, y);
      pango_cairo_show_layout (cr, layout);
      y += height_of (layout) + GAP;
    }
}

/* @paragraphs: (element-type utf8) (transfer none): one a matter */
GtkPrintOperation *
linli_agenda_print_new (const char *title,
                        GPtrArray  *paragraphs)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->title = g_strdup (title);
  sheet->paragraphs = g_ptr_array_ref (paragraphs);
  sheet->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_object_set_data_full (G_OBJECT (operation), "sheet", sheet, sheet_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), sheet);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), sheet);

  return operation;
}
