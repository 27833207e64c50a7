/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-db.h"
#include "linli-list-row.h"

G_BEGIN_DECLS

/* What a room must know how to read. Both run in the read lane. */
typedef struct
{
  /* Local keys (gint64) of everything that answers @query, in view order;
   * no more than @limit unless it is 0. */
  GArray    *(*keys) (LinliConn *conn,
                      GVariant  *query,
                      guint      limit,
                      GError   **error);
  /* One GObject for each of @pks, in their order; NULL where the row is gone. */
  GPtrArray *(*load) (LinliConn *conn,
                      GVariant  *query,
                      GArray    *pks,
                      GError   **error);
} LinliPageLoader;

/* A list of any length over the store: the keys of the whole result, rows on
 * demand. A GListModel of LinliListRow. */
#define LINLI_TYPE_PAGE_MODEL (linli_page_model_get_type ())
G_DECLARE_FINAL_TYPE (LinliPageModel, linli_page_model, LINLI, PAGE_MODEL, GObject)

/* So many rows are shown before the rest is known. */
#define LINLI_PAGE_MODEL_FIRST 200

LinliPageModel *linli_page_model_new         (LinliDb               *db,
                                              const char            *table,
                                              const LinliPageLoader *loader);
void            linli_page_model_open        (LinliPageModel        *self,
                                              GVariant              *query);
void            linli_page_model_refresh     (LinliPageModel        *self,
                                              GVariant              *query);
gboolean        linli_page_model_is_complete (LinliPageModel        *self);
gboolean        linli_page_model_is_telling  (LinliPageModel        *self);
gboolean        linli_page_model_find        (LinliPageModel        *self,
                                              gint64                 pk,
                                              guint                 *position);
GArray         *linli_page_model_get_keys    (LinliPageModel        *self);
gint64          linli_page_model_get_pk      (LinliPageModel        *self,
                                              guint                  position);

G_END_DECLS
