/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-xlsx-format.h"
#include "linli-zip.h"

G_BEGIN_DECLS

typedef struct
{
  char    *name;   /* (owned) as its tab shows it */
  char    *part;   /* (owned) folded name of its entry */
  gboolean hidden;
} LinliXlsxSheet;

/* What the sheets refer to. Texts lie end to end, each ended by NUL. */
typedef struct
{
  GPtrArray *sheets;       /* (owned) of LinliXlsxSheet, those that hold cells */
  gboolean   date1904;
  GArray    *formats;      /* (owned) of LinliXlsxFormat, by a cell's style */
  GString   *texts;        /* (owned) */
  GArray    *text_offsets; /* (owned) of gsize */
} LinliXlsxBook;

LinliXlsxBook *linli_xlsx_book_read     (LinliZip             *zip,
                                         guint                 max_texts,
                                         gsize                 max_text_bytes,
                                         GError              **error);
void           linli_xlsx_book_free     (LinliXlsxBook        *book);
const char    *linli_xlsx_book_get_text (const LinliXlsxBook  *book,
                                         guint64               number,
                                         gsize                *length);
void           linli_xlsx_unescape      (GString              *text,
                                         gsize                 from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliXlsxBook, linli_xlsx_book_free)

G_END_DECLS
