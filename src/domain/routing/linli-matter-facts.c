/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-routing.h"

#include "linli-attributes.h"
#include "linli-case-tables.h"
#include "linli-routing-tables.h"
#include "linli-tx.h"

void
linli_matter_facts_free (LinliMatterFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->defs, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->owner, linli_row_unref);
  g_free (self);
}

/**
 * linli_matter_facts_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): what is asked about the case and what it answers
 */
LinliMatterFacts *
linli_matter_facts_load (LinliConn *conn,
                         LinliRow  *case_row,
                         GError   **error)
{
  const char *item = linli_row_get_text (case_row, LINLI_CASE_ITEM_CODE);
  g_autoptr(GPtrArray) defs = linli_attribute_defs_load (conn, error);
  g_autoptr(GPtrArray) owners = NULL;
  g_autoptr(GHashTable) said = NULL;
  LinliMatterFacts *self;

  owners = defs != NULL ? linli_conn_select (conn, &linli_table_ownership, error, "case_id = ?1 AND active = 1", "s",
                                             linli_row_get_id (case_row))
                        : NULL;
  if (owners == NULL || !linli_case_attributes_load (conn, linli_row_get_id (case_row), &said, error))
    return NULL;

  self = g_new0 (LinliMatterFacts, 1);
  self->defs = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  for (guint i = 0; i < defs->len; i++)
    if (linli_attribute_applies (defs->pdata[i], item))
      g_ptr_array_add (self->defs, linli_row_ref (defs->pdata[i]));
  self->attributes = linli_attributes_effective (self->defs, item, said);
  if (owners->len > 0)
    self->owner = linli_row_ref (owners->pdata[0]);

  return self;
}
