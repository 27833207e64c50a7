/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <qrencode.h>

#include "linli-paper.h"

G_BEGIN_DECLS

/* What is put together, laid out and drawn in three files. Lengths are points. */

#define PAPER_MARGIN    54.0
#define PAPER_FOOT      24.0
#define PAPER_PADDING   5.0
#define PAPER_CODE_SIZE 92.0

#define PAPER_BODY_FONT  "Noto Sans CJK SC 10.5"
#define PAPER_SMALL_FONT "Noto Sans CJK SC 9"

typedef enum
{
  LINLI_PAPER_BLOCK_TEXT,
  LINLI_PAPER_BLOCK_ROW,
  LINLI_PAPER_BLOCK_SPACE,
  LINLI_PAPER_BLOCK_CODE,
} LinliPaperBlockKind;

typedef struct
{
  char    *text;
  double   width; /* points */
  gboolean heading;
  gboolean right;
  gboolean low;
  double   bar;
} LinliPaperBox;

typedef struct
{
  LinliPaperBlockKind      kind;
  const char    *font;   /* text */
  PangoAlignment align;  /* text */
  char          *text;   /* text, code: words beside it */
  double         after;  /* text: room below; space: height */
  GArray        *cells;  /* row */
  double         least;  /* row: height */
  gboolean       repeat; /* row: again at the top of every page the table goes on */
  gboolean       table;  /* row: belongs to a table with such a head */
  QRcode        *code;
} LinliPaperBlock;

/* A block in its place. */
typedef struct
{
  LinliPaperBlock *block; /* (unowned) */
  double y;
  double height;
} LinliPaperPlaced;

struct _LinliPaper
{
  char           *title;
  char           *foot;    /* (nullable) */
  LinliPaperTurn  turn;
  PangoContext   *context;
  GPtrArray      *blocks;  /* LinliPaperBlock */
  GPtrArray      *rests;   /* LinliPaperBlock: parts of rows that were cut */
  GPtrArray      *pages;   /* GArray of LinliPaperPlaced */
  gboolean        in_table;
  gboolean        next_is_head;
};

void         linli_paper_box_clear     (gpointer             cell);
double       linli_paper_page_width    (LinliPaper          *self);
double       linli_paper_page_height   (LinliPaper          *self);
double       linli_paper_text_width    (LinliPaper          *self);
PangoLayout *linli_paper_make_layout   (LinliPaper          *self,
                                        const char          *text,
                                        const char          *font,
                                        PangoAlignment       align,
                                        double               width);
double       linli_paper_layout_height (PangoLayout         *layout);
PangoLayout *linli_paper_box_layout    (LinliPaper          *self,
                                        const LinliPaperBox *cell);

G_END_DECLS
