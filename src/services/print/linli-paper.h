/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A document for paper: put together from blocks, laid out into A4 pages, then
 * drawn page by page to a printer, a PDF or a picture. Knows nothing of the
 * window. All lengths are points (1/72 inch). Not for sharing between threads. */
typedef struct _LinliPaper LinliPaper;

typedef enum
{
  LINLI_PAPER_PORTRAIT,
  LINLI_PAPER_LANDSCAPE,
} LinliPaperTurn;

/* A cell of a row. */
typedef struct
{
  const char *text;    /* (nullable) */
  double      width;   /* share of the row */
  gboolean    heading; /* the name of a field */
  gboolean    right;   /* aligned to the right, for numbers */
  gboolean    low;     /* at the bottom of the cell, for a date */
  double      bar;     /* 0..1: a bar of that length instead of text */
} LinliPaperCell;

LinliPaper *linli_paper_new           (const char           *title,
                                       LinliPaperTurn        turn);
void        linli_paper_free          (LinliPaper           *self);
void        linli_paper_set_foot      (LinliPaper           *self,
                                       const char           *foot);
void        linli_paper_add_title     (LinliPaper           *self,
                                       const char           *text);
void        linli_paper_add_heading   (LinliPaper           *self,
                                       const char           *text);
void        linli_paper_add_text      (LinliPaper           *self,
                                       const char           *text,
                                       gboolean              small,
                                       gboolean              right);
void        linli_paper_add_space     (LinliPaper           *self,
                                       double                height);
void        linli_paper_add_row       (LinliPaper           *self,
                                       const LinliPaperCell *cells,
                                       guint                 n_cells,
                                       double                least);
void        linli_paper_begin_table   (LinliPaper           *self);
void        linli_paper_end_table     (LinliPaper           *self);
gboolean    linli_paper_add_code      (LinliPaper           *self,
                                       const char           *payload,
                                       const char           *words);
guint       linli_paper_lay_out       (LinliPaper           *self);
void        linli_paper_draw          (LinliPaper           *self,
                                       cairo_t              *cr,
                                       guint                 page);
void        linli_paper_get_size      (LinliPaper           *self,
                                       double               *width,
                                       double               *height);
const char *linli_paper_get_title     (LinliPaper           *self);
gboolean    linli_paper_write_pdf     (LinliPaper           *self,
                                       const char           *path,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPaper, linli_paper_free)

G_END_DECLS
