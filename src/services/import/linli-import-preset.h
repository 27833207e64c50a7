/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-column-match.h"

G_BEGIN_DECLS

/* The fields an imported case may have; columns of a file are assigned to
 * them. The order is that of the mapping page. */
typedef enum
{
  LINLI_IMPORT_NUMBER,      /* the other system's number */
  LINLI_IMPORT_SUBJECT,
  LINLI_IMPORT_TEXT,        /* the resident's words */
  LINLI_IMPORT_RECEIVED,
  LINLI_IMPORT_CLOSED,
  LINLI_IMPORT_CHANNEL,
  LINLI_IMPORT_NATURE,
  LINLI_IMPORT_URGENCY,
  LINLI_IMPORT_CLASS,       /* 大类 */
  LINLI_IMPORT_ITEM,        /* 小类 */
  LINLI_IMPORT_ITEM_CODE,
  LINLI_IMPORT_STREET,
  LINLI_IMPORT_COMMUNITY,
  LINLI_IMPORT_PLACE,
  LINLI_IMPORT_UNIT,
  LINLI_IMPORT_PERSON,
  LINLI_IMPORT_PHONE,
  LINLI_IMPORT_REPLY,
  LINLI_IMPORT_REPLIED,
  LINLI_IMPORT_IN_TIME,     /* flag: closed in time */
  LINLI_IMPORT_LATE,        /* flag: closed late */
  LINLI_IMPORT_OPEN,        /* flag: still open */
  LINLI_IMPORT_N_FIELDS,
} LinliImportField;

/* A kind of file that is known by its headings. */
typedef struct
{
  const char        *name;     /* id, also the beginning of every source key */
  const char *const *headings; /* (nullable) all of them must be there; NULL-terminated */
} LinliImportPreset;

const LinliFieldSpec    *linli_import_fields      (void);
const char              *linli_import_field_label (LinliImportField  field);
const LinliImportPreset *linli_import_find_preset (GPtrArray        *header);

G_END_DECLS
