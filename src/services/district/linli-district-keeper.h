/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-district-figures.h"

G_BEGIN_DECLS

/* Where a window keeps the way to a district's hub, beside the store like
 * linli-hub-keeper.h and readable by its owner only, and the answer that came
 * last: a district that cannot reach its hub reads that. */

/* What was asked, and what came. */
typedef struct
{
  char       *from;
  char       *to;
  char       *compare; /* (nullable) */
  gint64      at;      /* microseconds UTC */
  JsonObject *answer;
} LinliDistrictAnswer;

LinliDistrictAddress *linli_district_keeper_load        (const char                 *folder);
gboolean              linli_district_keeper_save        (const char                 *folder,
                                                         const LinliDistrictAddress *address,
                                                         GError                    **error);
LinliDistrictAnswer  *linli_district_keeper_load_answer (const char                 *folder);

void                  linli_district_answer_free        (LinliDistrictAnswer        *self);

void                  linli_district_read_async         (const char                 *folder,
                                                         const LinliDistrictAddress *address,
                                                         const char                 *from,
                                                         const char                 *to,
                                                         const char                 *compare,
                                                         gint64                      now,
                                                         GCancellable               *cancellable,
                                                         GAsyncReadyCallback         callback,
                                                         gpointer                    user_data);
LinliDistrictAnswer  *linli_district_read_finish        (GAsyncResult               *result,
                                                         GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDistrictAnswer, linli_district_answer_free)

G_END_DECLS
