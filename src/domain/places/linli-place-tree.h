/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-row.h"
#include "linli-tx.h"

G_BEGIN_DECLS

/* All places of a centre in memory, to be changed and written back: community,
 * in it estates and roads, in them buildings, in those units; landmarks stand
 * in anything. What is derived of a place (its full name, its community, its
 * pinyin initials) follows every change of what it stands in. */
typedef struct _LinliPlaceTree LinliPlaceTree;

typedef enum
{
  LINLI_PLACE_NEW,
  LINLI_PLACE_CHANGED,
  LINLI_PLACE_SAME,
  LINLI_PLACE_REFUSED,
} LinliPlaceVerdict;

/* Returns: (transfer full): the id of a new row */
typedef char *(*LinliPlaceNewId) (gpointer data);

LinliPlaceTree    *linli_place_tree_load     (LinliConn       *conn,
                                              GError         **error);
void               linli_place_tree_free     (LinliPlaceTree  *self);
LinliRow          *linli_place_tree_get      (LinliPlaceTree  *self,
                                              const char      *id);
GPtrArray         *linli_place_tree_list     (LinliPlaceTree  *self,
                                              gboolean         retired);
LinliPlaceVerdict  linli_place_tree_take     (LinliPlaceTree  *self,
                                              JsonObject      *place,
                                              LinliPlaceNewId  new_id,
                                              gpointer         data,
                                              const char     **id,
                                              GError         **error);
gboolean           linli_place_tree_save     (LinliPlaceTree  *self,
                                              JsonObject      *place,
                                              LinliPlaceNewId  new_id,
                                              gpointer         data,
                                              const char     **id,
                                              GError         **error);
guint              linli_place_tree_activate (LinliPlaceTree  *self,
                                              const char      *id,
                                              gboolean         active);
gboolean           linli_place_tree_settle   (LinliPlaceTree  *self,
                                              const char      *id);
gboolean           linli_place_tree_store    (LinliPlaceTree  *self,
                                              LinliTx         *tx,
                                              GError         **error);
gboolean           linli_place_tree_complete (LinliConn       *conn,
                                              GError         **error);

const char        *linli_place_verdict_to_id (LinliPlaceVerdict verdict);
char              *linli_place_clean_aliases (const char      *typed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPlaceTree, linli_place_tree_free)

G_END_DECLS
