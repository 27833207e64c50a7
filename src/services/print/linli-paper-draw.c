/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages as they were laid out: nothing is measured anew that could move. */

#include "config.h"

#include "linli-paper-private.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define RULE   0.6
#define MIDDLE 40.0 /* up to this height text stands in the middle of its cell */

static void
draw_layout (cairo_t     *cr,
             PangoLayout *layout,
             double       x,
             double       y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_cell (LinliPaper          *self,
           cairo_t             *cr,
           const LinliPaperBox *cell,
           double               x,
           double               y,
           double               height)
{
  g_autoptr(PangoLayout) layout = linli_paper_box_layout (self, cell);
  double text = linli_paper_layout_height (layout);

  if (cell->heading)
    {
      cairo_set_source_rgb (cr, 0.94, 0.94, 0.94);
      cairo_rectangle (cr, x, y, cell->width, height);
      cairo_fill (cr);
    }
  if (cell->bar > 0)
    {
      cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
      cairo_rectangle (cr, x + PAPER_PADDING, y + height / 2 - 4, (cell->width - 2 * PAPER_PADDING) * MIN (cell->bar, 1), 8);
      cairo_fill (cr);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, x, y, cell->width, height);
  cairo_stroke (cr);
  draw_layout (cr, layout, x + PAPER_PADDING, cell->low                          ? y + height - text - PAPER_PADDING
                                        : cell->heading || height < MIDDLE ? y + (height - text) / 2
                                                                           : y + PAPER_PADDING);
}

static void
draw_row (LinliPaper             *self,
          cairo_t                *cr,
          const LinliPaperPlaced *placed)
{
  double x = PAPER_MARGIN;

  cairo_set_line_width (cr, RULE);
  for (guint i = 0; i < placed->block->cells->len; i++)
    {
      LinliPaperBox *cell = &g_array_index (placed->block->cells, LinliPaperBox, i);

      draw_cell (self, cr, cell, x, placed->y, placed->height);
      x += cell->width;
    }
}

static void
draw_code (LinliPaper             *self,
           cairo_t                *cr,
           const LinliPaperPlaced *placed)
{
  QRcode *code = placed->block->code;
  double module = (PAPER_CODE_SIZE - 8) / code->width;
  double words = linli_paper_text_width (self) - PAPER_CODE_SIZE - 12;
  g_autoptr(PangoLayout) layout = linli_paper_make_layout (self, placed->block->text, PAPER_SMALL_FONT, PANGO_ALIGN_LEFT, words);

  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cr, PAPER_MARGIN + x * module, placed->y + 4 + y * module, module, module);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  draw_layout (cr, layout, PAPER_MARGIN + PAPER_CODE_SIZE + 4,
               placed->y + (PAPER_CODE_SIZE - linli_paper_layout_height (layout)) / 2);
}

static void
draw_foot (LinliPaper *self,
           cairo_t    *cr,
           guint       page)
{
  double y = linli_paper_page_height (self) - PAPER_MARGIN - PAPER_FOOT + 10;
  /* Translators: at the foot of a printed page */
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->pages->len);
  double width = linli_paper_text_width (self);
  g_autoptr(PangoLayout) left = linli_paper_make_layout (self, self->foot, PAPER_SMALL_FONT, PANGO_ALIGN_LEFT, width - 100);
  g_autoptr(PangoLayout) right = linli_paper_make_layout (self, number, PAPER_SMALL_FONT, PANGO_ALIGN_RIGHT, width);

  draw_layout (cr, left, PAPER_MARGIN, y);
  draw_layout (cr, right, PAPER_MARGIN, y);
}

/**
 * linli_paper_draw:
 * @cr: its unit a point
 * @page: from 0, of a document laid out
 */
void
linli_paper_draw (LinliPaper *self,
                  cairo_t    *cr,
                  guint       page)
{
  GArray *placed = self->pages->pdata[page];

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < placed->len; i++)
    {
      const LinliPaperPlaced *at = &g_array_index (placed, LinliPaperPlaced, i);

      if (at->block->kind == LINLI_PAPER_BLOCK_ROW)
        draw_row (self, cr, at);
      else if (at->block->kind == LINLI_PAPER_BLOCK_CODE)
        draw_code (self, cr, at);
      else if (at->block->kind == LINLI_PAPER_BLOCK_TEXT)
        {
          g_autoptr(PangoLayout) layout = linli_paper_make_layout (self, at->block->text, at->block->font, at->block->align,
                                                                   linli_paper_text_width (self));

          draw_layout (cr, layout, PAPER_MARGIN, at->y);
        }
    }
  draw_foot (self, cr, page);
}

static cairo_status_t
write_pdf (LinliPaper *self,
           const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, linli_paper_page_width (self), linli_paper_page_height (self));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  for (guint page = 0; page < self->pages->len; page++)
    {
      linli_paper_draw (self, cr, page);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

/**
 * linli_paper_write_pdf:
 * @path: replaced in one step when the whole document is written
 * @error: %G_IO_ERROR_FAILED
 */
gboolean
linli_paper_write_pdf (LinliPaper *self,
                       const char *path,
                       GError    **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr(GFile) from = g_file_new_for_path (part);
  g_autoptr(GFile) to = g_file_new_for_path (path);
  cairo_status_t status;

  linli_paper_lay_out (self);
  status = write_pdf (self, part);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_file_delete (from, NULL, NULL);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write %s: %s", path, cairo_status_to_string (status));
      return FALSE;
    }

  return g_file_move (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}
