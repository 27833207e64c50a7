/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-files.h"

#include "linli-hub-private.h"
#include "linli-hub-scope.h"
#include "linli-plant.h"

/* What a unit has of the attachments @a. */
#define IN_SCOPE \
  "EXISTS (SELECT 1 FROM hub_scope s WHERE s.id = ?1 || '/attachment/' || a.id AND s.body IS NOT NULL)"

/* Returns: how rows are counted that the unit ?1 has, or that there are, with
 * the id ?2 and the hash ?3: by the id, for the hash has no index */
const char *
linli_hub_files_by_row (gboolean for_unit)
{
  return for_unit ? "SELECT count(*) FROM attachment a WHERE a.id = ?2 AND a.sha256 = ?3 AND " IN_SCOPE
                  : "SELECT count(*) FROM attachment a WHERE ?1 = '' AND a.id = ?2 AND a.sha256 = ?3";
}

/* @row: (nullable): where to look first; what is not found there is looked for
 * among all, for a desk that is older names none, and a row may have gone since */
static gboolean
count_referring (LinliConn  *conn,
                 const char *unit,
                 const char *sha256,
                 const char *row,
                 gint64     *n,
                 GError    **error)
{
  gboolean for_unit = unit != NULL && !LINLI_PLANTED (SCOPE_IGNORED);

  *n = 0;
  if (row != NULL && !linli_conn_get_int (conn, n, error, linli_hub_files_by_row (for_unit), "sss", for_unit ? unit : "",
                                          row, sha256))
    return FALSE;
  if (*n > 0)
    return TRUE;
  if (!for_unit)
    return linli_conn_get_int (conn, n, error, "SELECT count(*) FROM attachment WHERE sha256 = ?1", "s", sha256);
  return linli_conn_get_int (conn, n, error, "SELECT count(*) FROM attachment a WHERE a.sha256 = ?2 AND " IN_SCOPE, "ss",
                             unit, sha256);
}

/**
 * linli_hub_files_admit:
 * @sha256: (nullable): a file that somebody wants to bring or have
 * @row: (nullable): an attachment that has it, as they say; only so that it is found at once
 * @brings: whether it is to begin
 * @problem: (out) (nullable): why @device is not served
 * @error: %LINLI_STORE_ERROR
 *
 * A file may be brought once a row of the workspace refers to it: operations
 * come before files, and nobody fills the disk with what no case knows. To a
 * unit's desk there are only the files of the rows that it has.
 */
gboolean
linli_hub_files_admit (LinliConn   *conn,
                       const char  *device,
                       const char  *sha256,
                       const char  *row,
                       gboolean     brings,
                       const char **problem,
                       GError     **error)
{
  g_autoptr(LinliRow) asker = NULL;
  const char *unit;
  gint64 n = 1;

  *problem = NULL;
  if (!linli_hub_device_find (conn, device, &asker, error))
    return FALSE;
  *problem = linli_hub_device_fault (asker);
  if (*problem != NULL)
    return TRUE;
  unit = linli_hub_device_unit (asker);
  if (sha256 != NULL && (brings || unit != NULL) && !count_referring (conn, unit, sha256, row, &n, error))
    return FALSE;
  if (n == 0)
    *problem = brings ? "blob-unwanted" : "blob-unknown";
  return TRUE;
}

/* @unit: (out) (transfer full) (nullable): that @device is at */
gboolean
linli_hub_files_unit (LinliConn   *conn,
                      const char  *device,
                      char       **unit,
                      GError     **error)
{
  return linli_conn_get_text (conn, unit, error, "SELECT unit_id FROM hub_device WHERE id = ?1", "s", device);
}

/**
 * linli_hub_files_referred:
 * @unit: (nullable): only those of the rows that the unit has
 * @removed_since: hub's time; what was taken out before counts no more
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): hashes of the files that cases
 *   have, each once, the newest first
 */
GPtrArray *
linli_hub_files_referred (LinliConn  *conn,
                          const char *unit,
                          gint64      removed_since,
                          GError    **error)
{
  if (unit == NULL)
    return linli_hub_scope_list (conn, error, "SELECT sha256 FROM attachment WHERE removed_at IS NULL OR removed_at >= ?1 "
                                 "GROUP BY sha256 ORDER BY max(added_at) DESC, sha256", "i", removed_since);
  return linli_hub_scope_list (conn, error, "SELECT sha256 FROM attachment a WHERE (removed_at IS NULL OR removed_at >= ?2) "
                               "AND " IN_SCOPE " GROUP BY sha256 ORDER BY max(added_at) DESC, sha256", "si", unit,
                               removed_since);
}
