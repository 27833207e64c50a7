/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-people-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define PERSONAL LINLI_COLUMN_PERSONAL

static const LinliColumn unit_columns[] = {
  [LINLI_UNIT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_UNIT_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "stable, unique" },
  [LINLI_UNIT_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "单位全称" },
  [LINLI_UNIT_SHORT_NAME] = { "short_name", LINLI_TYPE_TEXT, 0, 60, .doc = "简称" },
  [LINLI_UNIT_KIND] = { "kind", LINLI_TYPE_TEXT, 0, 40, .doc = "街道部门, 社区, 区直单位, 管线企业, ..." },
  [LINLI_UNIT_PARENT_ID] = { "parent_id", LINLI_TYPE_UUID, 0, .references = "unit" },
  [LINLI_UNIT_PHONE] = { "phone", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_UNIT_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 120, .doc = "initials of the name" },
  [LINLI_UNIT_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_UNIT_CONTACT] = { "contact", LINLI_TYPE_TEXT, 0, 60, .doc = "联系人" },
  [LINLI_UNIT_CLOSED_REASON] = { "closed_reason", LINLI_TYPE_TEXT, 0, 200, .doc = "停用原因" },
  [LINLI_UNIT_CLOSED_AT] = { "closed_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

static const LinliIndex unit_indexes[] = {
  { "unit_code", "code", TRUE, NULL },
  { "unit_name", "name", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_unit = {
  "unit", unit_columns, unit_indexes, 0, "Handling units that cases are dispatched to."
};

static const LinliColumn appellant_columns[] = {
  [LINLI_APPELLANT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_APPELLANT_NAME] = { "name", LINLI_TYPE_TEXT, PERSONAL, 60, .doc = "姓名; empty when anonymous" },
  [LINLI_APPELLANT_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, PERSONAL, 60, .doc = "initials of the name" },
  [LINLI_APPELLANT_PHONE] = { "phone", LINLI_TYPE_TEXT, PERSONAL, 60, .doc = "digits; several separated by spaces" },
  [LINLI_APPELLANT_ID_TAIL] = { "id_tail", LINLI_TYPE_TEXT, PERSONAL, 8, .doc = "last digits of the identity card" },
  [LINLI_APPELLANT_ADDRESS] = { "address", LINLI_TYPE_TEXT, PERSONAL, 200 },
  [LINLI_APPELLANT_ANONYMOUS] = { "anonymous", LINLI_TYPE_BOOL, REQUIRED, .doc = "匿名" },
  [LINLI_APPELLANT_CONFIDENTIAL] = { "confidential", LINLI_TYPE_BOOL, REQUIRED, .doc = "保密: hidden from the handling unit" },
  [LINLI_APPELLANT_CONTACT_OK] = { "contact_ok", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_APPELLANT_PREFERRED_CHANNEL] = { "preferred_channel", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_APPELLANT_NOTE] = { "note", LINLI_TYPE_TEXT, 0, 2000 },
  { NULL }
};

static const LinliIndex appellant_indexes[] = {
  { "appellant_phone", "phone, name", FALSE, "phone IS NOT NULL" },
  { "appellant_name", "name", FALSE, "name IS NOT NULL" },
  { NULL }
};

const LinliTable linli_table_appellant = {
  "appellant", appellant_columns, appellant_indexes, 0, "Residents who brought a matter; merged only by hand."
};

static const char *const place_kinds[] = { "community", "estate", "building", "road", "landmark", "unit", NULL };

static const LinliColumn place_columns[] = {
  [LINLI_PLACE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_PLACE_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 20, .choices = place_kinds },
  [LINLI_PLACE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_PLACE_PARENT_ID] = { "parent_id", LINLI_TYPE_UUID, 0, .references = "place" },
  [LINLI_PLACE_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 300, .doc = "initials of every name, separated by spaces" },
  [LINLI_PLACE_GRID] = { "grid", LINLI_TYPE_TEXT, 0, 60, .doc = "网格" },
  [LINLI_PLACE_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_PLACE_ALIASES] = { "aliases", LINLI_TYPE_TEXT, 0, 200, .doc = "曾用名, 俗称; separated by spaces" },
  [LINLI_PLACE_FULL_NAME] = { "full_name", LINLI_TYPE_TEXT, 0, 300, .doc = "with what it stands in, below the community" },
  [LINLI_PLACE_COMMUNITY] = { "community", LINLI_TYPE_TEXT, 0, 120, .doc = "name of the community it stands in" },
  { NULL }
};

static const LinliIndex place_indexes[] = {
  { "place_name", "name", FALSE, NULL },
  { "place_parent", "parent_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_place = {
  "place", place_columns, place_indexes, 0, "Communities, estates, buildings and landmarks, for picking a place."
};
