/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-paper.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <qrencode.h>
#include <string.h>

#define LONG_SIDE  841.89 /* A4 */
#define SHORT_SIDE 595.28
#define MARGIN     54.0
#define FOOT       24.0
#define PADDING    5.0
#define RULE       0.6
#define MIDDLE     40.0 /* up to this height text stands in the middle of its cell */
#define CODE_SIZE  92.0
#define LEAST_CUT  60.0 /* room below which a row rather begins on the next page */

#define TITLE_FONT   "Noto Serif CJK SC Bold 20"
#define HEADING_FONT "Noto Sans CJK SC Bold 12"
#define BODY_FONT    "Noto Sans CJK SC 10.5"
#define SMALL_FONT   "Noto Sans CJK SC 9"

typedef enum
{
  BLOCK_TEXT,
  BLOCK_ROW,
  BLOCK_SPACE,
  BLOCK_CODE,
} BlockKind;

typedef struct
{
  char    *text;
  double   width; /* points */
  gboolean heading;
  gboolean right;
  gboolean low;
  double   bar;
} Cell;

typedef struct
{
  BlockKind      kind;
  const char    *font;   /* text */
  PangoAlignment align;  /* text */
  char          *text;   /* text, code: words beside it */
  double         after;  /* text: room below; space: height */
  GArray        *cells;  /* row */
  double         least;  /* row: height */
  gboolean       repeat; /* row: again at the top of every page the table goes on */
  gboolean       table;  /* row: belongs to a table with such a head */
  QRcode        *code;
} Block;

/* A block in its place. */
typedef struct
{
  Block *block; /* (unowned) */
  double y;
  double height;
} Placed;

struct _LinliPaper
{
  char           *title;
  char           *foot;    /* (nullable) */
  LinliPaperTurn  turn;
  PangoContext   *context;
  GPtrArray      *blocks;  /* Block */
  GPtrArray      *rests;   /* Block: parts of rows that were cut */
  GPtrArray      *pages;   /* GArray of Placed */
  gboolean        in_table;
  gboolean        next_is_head;
};

static void
cell_clear (gpointer cell)
{
  g_free (((Cell *) cell)->text);
}

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->text);
  g_clear_pointer (&block->cells, g_array_unref);
  g_clear_pointer (&block->code, QRcode_free);
  g_free (block);
}

static double
page_width (LinliPaper *self)
{
  return self->turn == LINLI_PAPER_LANDSCAPE ? LONG_SIDE : SHORT_SIDE;
}

static double
page_height (LinliPaper *self)
{
  return self->turn == LINLI_PAPER_LANDSCAPE ? SHORT_SIDE : LONG_SIDE;
}

static double
text_width (LinliPaper *self)
{
  return page_width (self) - 2 * MARGIN;
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
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->rests = g_ptr_array_new_with_free_func (block_free);
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
  *width = page_width (self);
  *height = page_height (self);
}

/* Stands left at the bottom of every page, the page number right. */
void
linli_paper_set_foot (LinliPaper *self,
                      const char *foot)
{
  g_free (self->foot);
  self->foot = g_strdup (foot);
}

static Block *
add_block (LinliPaper *self,
           BlockKind   kind)
{
  Block *block = g_new0 (Block, 1);

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
  Block *block = add_block (self, BLOCK_TEXT);

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
  add_text (self, text, small ? SMALL_FONT : BODY_FONT, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, 4);
}

/**
 * linli_paper_add_space:
 * @height: points left empty
 */
void
linli_paper_add_space (LinliPaper *self,
                       double      height)
{
  add_block (self, BLOCK_SPACE)->after = height;
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
  Block *block = add_block (self, BLOCK_ROW);

  block->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (block->cells, cell_clear);
  block->least = least;
  block->table = self->in_table;
  block->repeat = self->next_is_head;
  self->next_is_head = FALSE;
  for (guint i = 0; i < n_cells; i++)
    {
      Cell cell = { g_strdup (cells[i].text), cells[i].width * text_width (self), cells[i].heading, cells[i].right,
                    cells[i].low, cells[i].bar };

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
  Block *block;

  if (code == NULL)
    return FALSE;
  block = add_block (self, BLOCK_CODE);
  block->code = code;
  block->text = g_strdup (words);

  return TRUE;
}

/* --- Laying out --- */

static PangoLayout *
make_layout (LinliPaper    *self,
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

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static PangoLayout *
cell_layout (LinliPaper *self,
             const Cell *cell)
{
  return make_layout (self, cell->text, BODY_FONT,
                      cell->heading ? PANGO_ALIGN_CENTER : cell->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
                      cell->width - 2 * PADDING);
}

static double
row_height (LinliPaper *self,
            Block      *block)
{
  double height = block->least;

  for (guint i = 0; i < block->cells->len; i++)
    {
      g_autoptr(PangoLayout) layout = cell_layout (self, &g_array_index (block->cells, Cell, i));

      height = MAX (height, layout_height (layout) + 2 * PADDING);
    }
  return height;
}

static double
block_height (LinliPaper *self,
              Block      *block)
{
  g_autoptr(PangoLayout) layout = NULL;

  switch (block->kind)
    {
    case BLOCK_ROW:   return row_height (self, block);
    case BLOCK_SPACE: return block->after;
    case BLOCK_CODE:  return CODE_SIZE;
    case BLOCK_TEXT:
    default:
      layout = make_layout (self, block->text, block->font, block->align, text_width (self));
      return layout_height (layout) + block->after;
    }
}

/* Where the text of @cell must be cut for its first part to fit into @room. */
static int
find_cut (LinliPaper *self,
          const Cell *cell,
          double      room)
{
  g_autoptr(PangoLayout) layout = cell_layout (self, cell);
  PangoLayoutIter *iter;
  int cut = 0;

  if (layout_height (layout) <= room)
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
static Block *
cut_row (LinliPaper *self,
         Block      *block,
         double      room)
{
  Block *rest = g_new0 (Block, 1);

  rest->kind = BLOCK_ROW;
  rest->table = block->table;
  rest->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (rest->cells, cell_clear);
  block->least = 0;
  for (guint i = 0; i < block->cells->len; i++)
    {
      Cell *cell = &g_array_index (block->cells, Cell, i);
      Cell tail = *cell;
      int cut = find_cut (self, cell, room - 2 * PADDING);

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
  GArray *page; /* Placed */
  double  y;
  double  bottom;
  Block  *head; /* (nullable): of the table that goes on */
} Cursor;

static void
begin_page (LinliPaper *self,
            Cursor     *cursor)
{
  cursor->page = g_array_new (FALSE, FALSE, sizeof (Placed));
  cursor->y = MARGIN;
  g_ptr_array_add (self->pages, cursor->page);
}

static void
place (Cursor *cursor,
       Block  *block,
       double  height)
{
  Placed placed = { block, cursor->y, height };

  g_array_append_val (cursor->page, placed);
  cursor->y += height;
}

static void
turn_page (LinliPaper *self,
           Cursor     *cursor,
           Block      *block)
{
  begin_page (self, cursor);
  if (block->table && !block->repeat && cursor->head != NULL)
    place (cursor, cursor->head, block_height (self, cursor->head));
}

static void
place_block (LinliPaper *self,
             Cursor     *cursor,
             Block      *block)
{
  double height = block_height (self, block);

  if (block->repeat)
    cursor->head = block;
  while (cursor->y + height > cursor->bottom)
    {
      double room = cursor->bottom - cursor->y;
      gboolean whole_page = height > cursor->bottom - MARGIN;

      /* What fits a page is not torn; what does not begins where it may. */
      if (block->kind == BLOCK_ROW && whole_page && room >= LEAST_CUT)
        {
          Block *rest = cut_row (self, block, room);

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
  Cursor cursor = { .bottom = page_height (self) - MARGIN - FOOT };

  if (self->pages->len > 0)
    return self->pages->len;
  begin_page (self, &cursor);
  for (guint i = 0; i < self->blocks->len; i++)
    place_block (self, &cursor, self->blocks->pdata[i]);

  return self->pages->len;
}

/* --- Drawing: nothing is measured anew that could move --- */

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
draw_cell (LinliPaper *self,
           cairo_t    *cr,
           const Cell *cell,
           double      x,
           double      y,
           double      height)
{
  g_autoptr(PangoLayout) layout = cell_layout (self, cell);
  double text = layout_height (layout);

  if (cell->heading)
    {
      cairo_set_source_rgb (cr, 0.94, 0.94, 0.94);
      cairo_rectangle (cr, x, y, cell->width, height);
      cairo_fill (cr);
    }
  if (cell->bar > 0)
    {
      cairo_set_source_rgb (cr, 0.45, 0.45, 0.45);
      cairo_rectangle (cr, x + PADDING, y + height / 2 - 4, (cell->width - 2 * PADDING) * MIN (cell->bar, 1), 8);
      cairo_fill (cr);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_rectangle (cr, x, y, cell->width, height);
  cairo_stroke (cr);
  draw_layout (cr, layout, x + PADDING, cell->low                          ? y + height - text - PADDING
                                        : cell->heading || height < MIDDLE ? y + (height - text) / 2
                                                                           : y + PADDING);
}

static void
draw_row (LinliPaper   *self,
          cairo_t      *cr,
          const Placed *placed)
{
  double x = MARGIN;

  cairo_set_line_width (cr, RULE);
  for (guint i = 0; i < placed->block->cells->len; i++)
    {
      Cell *cell = &g_array_index (placed->block->cells, Cell, i);

      draw_cell (self, cr, cell, x, placed->y, placed->height);
      x += cell->width;
    }
}

static void
draw_code (LinliPaper   *self,
           cairo_t      *cr,
           const Placed *placed)
{
  QRcode *code = placed->block->code;
  double module = (CODE_SIZE - 8) / code->width;
  double words = text_width (self) - CODE_SIZE - 12;
  g_autoptr(PangoLayout) layout = make_layout (self, placed->block->text, SMALL_FONT, PANGO_ALIGN_LEFT, words);

  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cr, MARGIN + x * module, placed->y + 4 + y * module, module, module);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  draw_layout (cr, layout, MARGIN + CODE_SIZE + 4, placed->y + (CODE_SIZE - layout_height (layout)) / 2);
}

static void
draw_foot (LinliPaper *self,
           cairo_t    *cr,
           guint       page)
{
  double y = page_height (self) - MARGIN - FOOT + 10;
  /* Translators: at the foot of a printed page */
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->pages->len);
  g_autoptr(PangoLayout) left = make_layout (self, self->foot, SMALL_FONT, PANGO_ALIGN_LEFT, text_width (self) - 100);
  g_autoptr(PangoLayout) right = make_layout (self, number, SMALL_FONT, PANGO_ALIGN_RIGHT, text_width (self));

  draw_layout (cr, left, MARGIN, y);
  draw_layout (cr, right, MARGIN, y);
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
      const Placed *at = &g_array_index (placed, Placed, i);

      if (at->block->kind == BLOCK_ROW)
        draw_row (self, cr, at);
      else if (at->block->kind == BLOCK_CODE)
        draw_code (self, cr, at);
      else if (at->block->kind == BLOCK_TEXT)
        {
          g_autoptr(PangoLayout) layout = make_layout (self, at->block->text, at->block->font, at->block->align,
                                                       text_width (self));

          draw_layout (cr, layout, MARGIN, at->y);
        }
    }
  draw_foot (self, cr, page);
}

static cairo_status_t
write_pdf (LinliPaper *self,
           const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, page_width (self), page_height (self));
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
