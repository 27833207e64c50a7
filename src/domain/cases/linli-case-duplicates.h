/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

#define LINLI_DUPLICATE_DAYS   30
#define LINLI_DUPLICATE_RADIUS 50 /* m: one corner, not the next */

/* Why a case may be the same matter. */
typedef enum
{
  LINLI_DUPLICATE_PERSON = 1 << 0, /* the same resident or telephone */
  LINLI_DUPLICATE_PLACE  = 1 << 1,
  LINLI_DUPLICATE_ITEM   = 1 << 2, /* the same leaf of the duty list */
  LINLI_DUPLICATE_WORDS  = 1 << 3, /* much the same words */
} LinliDuplicateReasons;

/* What is known so far of a matter being taken in; what is %NULL is not
 * compared. */
typedef struct
{
  const char *text;
  const char *appellant; /* id of a known resident */
  const char *name;
  const char *phone;
  const char *place;
  const char *place_id;
  const char *item_code;
  const char *leave_out; /* id of a case that is not its own duplicate */
  gint64      latitude;  /* degrees x 10,000,000, as the case has them */
  gint64      longitude;
  guint       radius;    /* m within which a position is the same place; 0: none is */
  gint64      now;
  guint       days;      /* how far back; 0 compares nothing */
} LinliDuplicateQuestion;

/* A case that may be the same matter. */
typedef struct
{
  char                 *case_id;
  char                 *case_no;
  char                 *title;
  char                 *text;      /* the first resident's own words */
  char                 *state;
  char                 *place;     /* (nullable) */
  char                 *item_name; /* (nullable) */
  gint64                received_at;
  gint64                n_submissions;
  gboolean              open;      /* another voice may be added to it */
  LinliDuplicateReasons reasons;
  double                likeness;  /* of the words, 0 to 1 */
  double                score;
} LinliDuplicate;

GPtrArray *linli_case_duplicates_find (LinliConn                    *conn,
                                       const LinliDuplicateQuestion *question,
                                       guint                         limit,
                                       GError                      **error);
gboolean   linli_duplicate_weigh      (LinliDuplicateReasons         reasons,
                                       double                        likeness,
                                       double                       *score);
void       linli_duplicate_free       (LinliDuplicate               *self);

G_END_DECLS
