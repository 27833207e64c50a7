/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that Linli wrote itself: the table of cases from the terminal, or a
 * list from the window. Its rows say which case they are, so that they come
 * back into their own store as known, and into another one once. */

#define LINLI_IMPORT_OWN_SOURCE "linli"

/* Columns, from 0; -1: the file has none. */
typedef struct
{
  int id;         /* of the case */
  int case_no;
  int source_key; /* where the case had come from itself */
  int state;      /* as id or in words */
  int confidential;
} LinliImportOwn;

gboolean linli_import_own_find  (GPtrArray            *header,
                                 LinliImportOwn       *own);
char    *linli_import_own_key   (const LinliImportOwn *own,
                                 GPtrArray            *cells);
gboolean linli_import_own_is_confidential (const LinliImportOwn *own,
                                 GPtrArray            *cells);
gboolean linli_import_own_state (const LinliImportOwn *own,
                                 GPtrArray            *cells,
                                 const char          **state);

G_END_DECLS
