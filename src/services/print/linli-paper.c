/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-paper-private.h"

#define LONG_SIDE  841.89 /* A4 */
#define SHORT_SIDE 595.28

#define TITLE_FONT   "Noto Serif CJK SC Bold 20"
#define HEADING_FONT "Noto Sans CJK SC Bold 12"

void
linli_paper_box_clear (gpointer cell)
{
  g_free (((LinliPaperBox *) cell)->text);
}

static void
linli_paper_block_free (gpointer data)
{
  LinliPaperBlock *block = data;

  g_free (block->text);
  g_clear_pointer (&block->cells, g_array_unref);
  g_clear_pointer (&block->code, QRcode_free);
  g_free (block);
}

double
linli_paper_page_width (LinliPaper *self)
{
  return self->turn == LINLI_PAPER_LANDSCAPE ? LONG_SIDE : SHORT_SIDE;
}

double
linli_paper_page_height (LinliPaper *self)
{
  return self->turn == LINLI_PAPER_LANDSCAPE ? SHORT_SIDE : LONG_SIDE;
}

double
linli_paper_text_width (LinliPaper *self)
{
  return linli_paper_page_width (self) - 2 * PAPER_MARGIN;
}

/**
 * linli_paper_new:
 * @title: what the document is called, for the printer's queue and the PDF
 *
 * Returns: (transfer full): an empty document
 */
LinliPaper *
linli_paper_new (const char    *title,
                 LinliPaperTurn turn)
{
  LinliPaper *self = g_new0 (LinliPaper, 1);

  self->title = g_strdup (title);
  self->turn = turn;
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_language (self->context, pango_language_from_string ("zh-cn"));
  self->blocks = g_ptr_array_new_with_free_func (linli_paper_block_free);
  self->rests = g_ptr_array_new_with_free_func (linli_paper_block_free);
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  return self;
}

void
linli_paper_free (LinliPaper *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->foot);
  g_object_unref (self->context);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->rests);
  g_free (self);
}

const char *
linli_paper_get_title (LinliPaper *self)
{
  return self->title;
}

void
linli_paper_get_size (LinliPaper *self,
                      double     *width,
                      double     *height)
{
  *width = linli_paper_page_width (self);
  *height = linli_paper_page_height (self);
}

/* Stands left at the bottom of every page, the page number right. */
void
linli_paper_set_foot (LinliPaper *self,
                      const char *foot)
{
  g_free (self->foot);
  self->foot = g_strdup (foot);
}

static LinliPaperBlock *
add_block (LinliPaper         *self,
           LinliPaperBlockKind kind)
{
  LinliPaperBlock *block = g_new0 (LinliPaperBlock, 1);

  block->kind = kind;
  g_ptr_array_add (self->blocks, block);
  return block;
}

static void
add_text (LinliPaper    *self,
          const char    *text,
          const char    *font,
          PangoAlignment align,
          double         after)
{
  LinliPaperBlock *block = add_block (self, LINLI_PAPER_BLOCK_TEXT);

  block->text = g_strdup (text);
  block->font = font;
  block->align = align;
  block->after = after;
}

/**
 * linli_paper_add_title:
 *
 * Centred and large, as over a form.
 */
void
linli_paper_add_title (LinliPaper *self,
                       const char *text)
{
  add_text (self, text, TITLE_FONT, PANGO_ALIGN_CENTER, 12);
}

/**
 * linli_paper_add_heading:
 *
 * Over a part of the document.
 */
void
linli_paper_add_heading (LinliPaper *self,
                         const char *text)
{
  add_text (self, text, HEADING_FONT, PANGO_ALIGN_LEFT, 4);
}

/**
 * linli_paper_add_text:
 * @small: as for what explains
 * @right: aligned to the right
 *
 * A paragraph.
 */
void
linli_paper_add_text (LinliPaper *self,
                      const char *text,
                      gboolean    small,
                      gboolean    right)
{
  add_text (self, text, small ? PAPER_SMALL_FONT : PAPER_BODY_FONT, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, 4);
}

/**
 * linli_paper_add_space:
 * @height: points left empty
 */
void
linli_paper_add_space (LinliPaper *self,
                       double      height)
{
  add_block (self, LINLI_PAPER_BLOCK_SPACE)->after = height;
}

/**
 * linli_paper_add_row:
 * @cells: (array length=n_cells): their widths add up to 1
 * @least: height at least, as for a seal or a signature; else 0
 *
 * A row with a border around every cell. What is too long for a page goes on
 * on the next.
 */
void
linli_paper_add_row (LinliPaper           *self,
                     const LinliPaperCell *cells,
                     guint                 n_cells,
                     double                least)
{
  LinliPaperBlock *block = add_block (self, LINLI_PAPER_BLOCK_ROW);

  block->cells = g_array_new (FALSE, FALSE, sizeof (LinliPaperBox));
  g_array_set_clear_func (block->cells, linli_paper_box_clear);
  block->least = least;
  block->table = self->in_table;
  block->repeat = self->next_is_head;
  self->next_is_head = FALSE;
  for (guint i = 0; i < n_cells; i++)
    {
      LinliPaperBox cell = { g_strdup (cells[i].text), cells[i].width * linli_paper_text_width (self), cells[i].heading,
                             cells[i].right, cells[i].low, cells[i].bar };

      g_array_append_val (block->cells, cell);
    }
}

/**
 * linli_paper_begin_table:
 *
 * The next row is the head of a table, repeated wherever it goes on.
 */
void
linli_paper_begin_table (LinliPaper *self)
{
  self->in_table = self->next_is_head = TRUE;
}

/**
 * linli_paper_end_table:
 *
 * Rows from here on belong to no table.
 */
void
linli_paper_end_table (LinliPaper *self)
{
  self->in_table = FALSE;
}

/**
 * linli_paper_add_code:
 *
 * A QR code of @payload with @words beside it. Returns: whether it fits one
 */
gboolean
linli_paper_add_code (LinliPaper *self,
                      const char *payload,
                      const char *words)
{
  QRcode *code = QRcode_encodeString8bit (payload, 0, QR_ECLEVEL_M);
  LinliPaperBlock *block;

  if (code == NULL)
    return FALSE;
  block = add_block (self, LINLI_PAPER_BLOCK_CODE);
  block->code = code;
  block->text = g_strdup (words);

  return TRUE;
}
