/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A spreadsheet put together from its parts; NULL leaves a part as usual. */
typedef struct
{
  const char *workbook;
  const char *relations;
  const char *styles;
  const char *texts;   /* what is inside <sst> */
  const char *sheet;   /* what is inside <worksheet> */
  gssize      sheet_length; /* when not NUL-terminated text */
  const char *extra_name;
  const char *extra;
} XlsxParts;

GBytes *xlsx_build       (const XlsxParts  *parts);
GBytes *xlsx_build_zip   (const char      **names,
                          GBytes          **contents,
                          guint             n);

G_END_DECLS
