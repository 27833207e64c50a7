/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* A centre full of made-up cases, the same for the same seed, written straight
 * into the tables: for tests of what reads, and for benchmarks. */
typedef struct
{
  guint  n_cases;
  guint  n_entries;   /* a case */
  guint  open_in_1000; /* how many of a thousand cases are open */
  guint  n_history;    /* the last so many came years before, as an import brings them */
  guint  seed;
  gint64 now;         /* microseconds UTC; some clocks run late by then */
} CaseWorld;

/* Under the sanitizers every allocation is unwound: a tenth proves as much. */
#ifdef __SANITIZE_ADDRESS__
#define CASE_WORLD_SHARE(n) ((n) / 10)
#else
#define CASE_WORLD_SHARE(n) (n)
#endif

#define CASE_WORLD_NOW G_GINT64_CONSTANT (1771034400000000) /* 2026-02-14 10:00 in China */

LinliConn  *case_world_open     (const char      *path);
void        case_world_fill     (LinliConn       *conn,
                                 const CaseWorld *world);
const char *case_world_account  (void);
const char *case_world_word     (GRand           *rand);
char       *case_world_sentence (GRand           *rand,
                                 guint            n_words);

G_END_DECLS
