/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From blocks to pages: how high each is, and where a page ends. */

#include "config.h"

#include "linli-paper-private.h"

#include <string.h>

#define LEAST_CUT 60.0 /* room below which a row rather begins on the next page */

PangoLayout *
linli_paper_make_layout (LinliPaper    *self,
                         const char    *text,
                         const char    *font,
                         PangoAlignment align,
                         double         width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, align);
  pango_layout_set_spacing (layout, 2 * PANGO_SCALE);

  return layout;
}

double
linli_paper_layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

PangoLayout *
linli_paper_box_layout (LinliPaper          *self,
                        const LinliPaperBox *cell)
{
  return linli_paper_make_layout (self, cell->text, PAPER_BODY_FONT,
                                  cell->heading ? PANGO_ALIGN_CENTER : cell->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
                                  cell->width - 2 * PAPER_PADDING);
}

static double
row_height (LinliPaper      *self,
            LinliPaperBlock *block)
{
  double height = block->least;

  for (guint i = 0; i < block->cells->len; i++)
    {
      g_autoptr(PangoLayout) layout = linli_paper_box_layout (self, &g_array_index (block->cells, LinliPaperBox, i));

      height = MAX (height, linli_paper_layout_height (layout) + 2 * PAPER_PADDING);
    }
  return height;
}

static double
block_height (LinliPaper      *self,
              LinliPaperBlock *block)
{
  g_autoptr(PangoLayout) layout = NULL;

  switch (block->kind)
    {
    case LINLI_PAPER_BLOCK_ROW:   return row_height (self, block);
    case LINLI_PAPER_BLOCK_SPACE: return block->after;
    case LINLI_PAPER_BLOCK_CODE:  return PAPER_CODE_SIZE;
    case LINLI_PAPER_BLOCK_TEXT:
    default:
      layout = linli_paper_make_layout (self, block->text, block->font, block->align, linli_paper_text_width (self));
      return linli_paper_layout_height (layout) + block->after;
    }
}

/* Where the text of @cell must be cut for its first part to fit into @room. */
static int
find_cut (LinliPaper          *self,
          const LinliPaperBox *cell,
          double               room)
{
  g_autoptr(PangoLayout) layout = linli_paper_box_layout (self, cell);
  PangoLayoutIter *iter;
  int cut = 0;

  if (linli_paper_layout_height (layout) <= room)
    return (int) strlen (cell->text != NULL ? cell->text : "");
  iter = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle line;

      pango_layout_iter_get_line_extents (iter, NULL, &line);
      if ((double) (line.y + line.height) / PANGO_SCALE > room)
        break;
      cut = pango_layout_iter_get_index (iter);
    }
  while (pango_layout_iter_next_line (iter));
  /* the line at which it stopped begins the rest */
  cut = pango_layout_iter_get_index (iter);
  pango_layout_iter_free (iter);

  return cut;
}

/* Cuts @block so that it fits into @room. Returns: (transfer none): the rest */
static LinliPaperBlock *
cut_row (LinliPaper      *self,
         LinliPaperBlock *block,
         double           room)
{
  LinliPaperBlock *rest = g_new0 (LinliPaperBlock, 1);

  rest->kind = LINLI_PAPER_BLOCK_ROW;
  rest->table = block->table;
  rest->cells = g_array_new (FALSE, FALSE, sizeof (LinliPaperBox));
  g_array_set_clear_func (rest->cells, linli_paper_box_clear);
  block->least = 0;
  for (guint i = 0; i < block->cells->len; i++)
    {
      LinliPaperBox *cell = &g_array_index (block->cells, LinliPaperBox, i);
      LinliPaperBox tail = *cell;
      int cut = find_cut (self, cell, room - 2 * PAPER_PADDING);

      tail.text = g_strdup (cell->heading || cell->text == NULL ? cell->text : cell->text + cut);
      if (!cell->heading && cell->text != NULL)
        cell->text[cut] = '\0';
      g_array_append_val (rest->cells, tail);
    }
  g_ptr_array_add (self->rests, rest);

  return rest;
}

typedef struct
{
  GArray *page; /* LinliPaperPlaced */
  double  y;
  double  bottom;
  LinliPaperBlock  *head; /* (nullable): of the table that goes on */
} Cursor;

static void
begin_page (LinliPaper *self,
            Cursor     *cursor)
{
  cursor->page = g_array_new (FALSE, FALSE, sizeof (LinliPaperPlaced));
  cursor->y = PAPER_MARGIN;
  g_ptr_array_add (self->pages, cursor->page);
}

static void
place (Cursor          *cursor,
       LinliPaperBlock *block,
       double           height)
{
  LinliPaperPlaced placed = { block, cursor->y, height };

  g_array_append_val (cursor->page, placed);
  cursor->y += height;
}

static void
turn_page (LinliPaper      *self,
           Cursor          *cursor,
           LinliPaperBlock *block)
{
  begin_page (self, cursor);
  if (block->table && !block->repeat && cursor->head != NULL)
    place (cursor, cursor->head, block_height (self, cursor->head));
}

static void
place_block (LinliPaper      *self,
             Cursor          *cursor,
             LinliPaperBlock *block)
{
  double height = block_height (self, block);

  if (block->repeat)
    cursor->head = block;
  while (cursor->y + height > cursor->bottom)
    {
      double room = cursor->bottom - cursor->y;
      gboolean whole_page = height > cursor->bottom - PAPER_MARGIN;

      /* What fits a page is not torn; what does not begins where it may. */
      if (block->kind == LINLI_PAPER_BLOCK_ROW && whole_page && room >= LEAST_CUT)
        {
          LinliPaperBlock *rest = cut_row (self, block, room);

          place (cursor, block, block_height (self, block));
          block = rest;
        }
      else if (cursor->page->len == 0)
        break; /* higher than any page: as far as it goes */
      turn_page (self, cursor, block);
      height = block_height (self, block);
    }
  place (cursor, block, height);
}

/**
 * linli_paper_lay_out:
 *
 * Puts the blocks onto pages; once, after the last was added.
 *
 * Returns: how many pages there are
 */
guint
linli_paper_lay_out (LinliPaper *self)
{
  Cursor cursor = { .bottom = linli_paper_page_height (self) - PAPER_MARGIN - PAPER_FOOT };

  if (self->pages->len > 0)
    return self->pages->len;
  begin_page (self, &cursor);
  for (guint i = 0; i < self->blocks->len; i++)
    place_block (self, &cursor, self->blocks->pdata[i]);

  return self->pages->len;
}
