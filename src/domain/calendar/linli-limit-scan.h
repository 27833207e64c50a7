/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-limit.h"

G_BEGIN_DECLS

/* A text prepared for scanning: one character per entry, full-width forms and
 * dashes folded, Latin letters in lower case. */
typedef struct
{
  const char *text;    /* (unowned) */
  gunichar   *c;       /* (owned) n + 1 entries, the last is 0 */
  guint      *offset;  /* (owned) byte of @text at which c[i] stands; n + 1 entries */
  guint       n;
} LinliScan;

/* One limit found in a text. */
typedef struct
{
  LinliTerm term;
  gint64    least;
  gboolean  assumed;
  guint     start; /* where its first character is */
  guint     end;   /* and the one after its last */
} LinliScanHit;

/* Numbers are held in thousandths while they may still have a fraction. */
#define LINLI_SCAN_ONE  1000
#define LINLI_SCAN_HALF 500

void     linli_scan_init         (LinliScan       *scan,
                                  const char      *text);
void     linli_scan_clear        (LinliScan       *scan);
gboolean linli_scan_match        (const LinliScan *scan,
                                  guint            at,
                                  const char      *word,
                                  guint           *end);
guint    linli_scan_skip_blanks  (const LinliScan *scan,
                                  guint            at);
gboolean linli_scan_number       (const LinliScan *scan,
                                  guint           *at,
                                  gint64          *thousandths);
gboolean linli_scan_is_in_number (const LinliScan *scan,
                                  guint            start);
gboolean linli_scan_limit        (const LinliScan *scan,
                                  guint            at,
                                  LinliBareUnit    bare,
                                  LinliScanHit    *hit);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliScan, linli_scan_clear)

G_END_DECLS
