/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-csv.h"

G_BEGIN_DECLS

LinliCsv *table_test_open   (const void *bytes,
                             gsize       length);
char     *table_test_dump   (LinliCsv   *csv,
                             GError    **error);
char     *table_test_real   (const char *name);
char     *table_test_encode (const char *text,
                             const char *encoding,
                             gsize      *length);

G_END_DECLS
