/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-preset.h"

#include <glib/gi18n.h>

#include "linli-import-own.h"

#define NAMES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const struct
{
  const char        *label;
  const char        *name;
  const char *const *aliases;
} fields[] = {
  [LINLI_IMPORT_NUMBER] = { N_("Number in the other system"), "external_no",
    NAMES ("REC_ID", "留言编号", "案件编号", "工单编号", "任务编号", "编号", "受理编号", "事件编号", "案号", "case_no", "Case number") },
  [LINLI_IMPORT_SUBJECT] = { N_("Subject"), "subject",
    NAMES ("留言主题", "标题", "主题", "诉求标题", "事件标题", "title") },
  [LINLI_IMPORT_TEXT] = { N_("Resident's words"), "text",
    NAMES ("留言详情", "诉求内容", "事件描述", "内容", "问题描述", "描述", "正文", "summary") },
  [LINLI_IMPORT_RECEIVED] = { N_("Received at"), "received_at",
    NAMES ("CREATE_TIME", "留言时间", "受理时间", "登记时间", "创建时间", "上报时间", "来电时间") },
  [LINLI_IMPORT_CLOSED] = { N_("Closed at"), "closed_at",
    NAMES ("ARCHIVE_TIME", "办结时间", "结案时间", "归档时间") },
  [LINLI_IMPORT_CHANNEL] = { N_("Channel"), "channel",
    NAMES ("EVENT_SRC_NAME", "渠道", "来源", "事件来源", "渠道类型", "受理渠道", "channel_code") },
  [LINLI_IMPORT_NATURE] = { N_("Nature"), "nature",
    NAMES ("EVENT_PROPERTY_NAME", "问题性质", "性质", "诉求性质", "诉求类型") },
  [LINLI_IMPORT_URGENCY] = { N_("Urgency"), "urgency", NAMES ("紧急程度", "紧急度") },
  [LINLI_IMPORT_CLASS] = { N_("Class"), "class",
    NAMES ("EVENT_TYPE_NAME", "大类", "一级类", "一级分类", "大类名称", "事件类别") },
  [LINLI_IMPORT_ITEM] = { N_("Duty item"), "item",
    NAMES ("SUB_TYPE_NAME", "小类", "三级类", "小类名称", "事项", "二级类", "职责事项", "item_name") },
  [LINLI_IMPORT_ITEM_CODE] = { N_("Code of the duty item"), "item_code", NAMES ("事项编码", "小类代码") },
  [LINLI_IMPORT_STREET] = { N_("Street"), "street", NAMES ("STREET_NAME", "街道", "所属街道") },
  [LINLI_IMPORT_COMMUNITY] = { N_("Community"), "community", NAMES ("COMMUNITY_NAME", "社区", "所属社区") },
  [LINLI_IMPORT_PLACE] = { N_("Place"), "place", NAMES ("OCCUR_PLACE", "地址", "地点", "事发地点", "发生地点") },
  [LINLI_IMPORT_UNIT] = { N_("Handling unit"), "unit",
    NAMES ("DISPOSE_UNIT_NAME", "处置单位", "承办单位", "首处置单位", "主办单位", "lead_unit_name") },
  [LINLI_IMPORT_PERSON] = { N_("Resident"), "person",
    NAMES ("留言用户", "诉求人", "姓名", "来电人", "联系人", "反映人", "appellant_name") },
  [LINLI_IMPORT_PHONE] = { N_("Phone"), "phone", NAMES ("联系电话", "电话", "手机", "来电号码", "手机号") },
  [LINLI_IMPORT_REPLY] = { N_("Reply"), "reply", NAMES ("答复意见", "办理结果", "处理结果", "回复内容", "答复内容", "resident_reply") },
  [LINLI_IMPORT_REPLIED] = { N_("Replied at"), "replied_at", NAMES ("答复时间", "回复时间") },
  [LINLI_IMPORT_IN_TIME] = { N_("Closed in time (flag)"), "in_time", NAMES ("INTIME_ARCHIVE_NUM", "按期结办", "按时办结") },
  [LINLI_IMPORT_LATE] = { N_("Closed late (flag)"), "late", NAMES ("OVERTIME_ARCHIVE_NUM", "超期结办") },
  [LINLI_IMPORT_OPEN] = { N_("Still open (flag)"), "open", NAMES ("INTIME_TO_ARCHIVE_NUM", "处置中") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == LINLI_IMPORT_N_FIELDS);

static const LinliImportPreset presets[] = {
  { "platform", NAMES ("REC_ID", "EVENT_TYPE_NAME", "SUB_TYPE_NAME", "CREATE_TIME", "DISPOSE_UNIT_NAME") },
  { "petition", NAMES ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情") },
};
static const LinliImportPreset own_preset = { LINLI_IMPORT_OWN_SOURCE, NULL };

/* Returns: (array length=LINLI_IMPORT_N_FIELDS): for linli_column_match_propose() */
const LinliFieldSpec *
linli_import_fields (void)
{
  static LinliFieldSpec specs[LINLI_IMPORT_N_FIELDS];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
        specs[i] = (LinliFieldSpec) { fields[i].name, fields[i].aliases };
      g_once_init_leave (&made, 1);
    }
  return specs;
}

/* Returns: what the mapping page calls @field; to be translated */
const char *
linli_import_field_label (LinliImportField field)
{
  g_return_val_if_fail (field < LINLI_IMPORT_N_FIELDS, NULL);

  return fields[field].label;
}

static gboolean
has_heading (GPtrArray  *header,
             const char *heading)
{
  for (guint i = 0; i < header->len; i++)
    if (g_strcmp0 (header->pdata[i], heading) == 0)
      return TRUE;
  return FALSE;
}

/**
 * linli_import_find_preset:
 * @header: (element-type utf8): the headings of a file
 *
 * Returns: (nullable): the kind of file this is, if it is a known one
 */
const LinliImportPreset *
linli_import_find_preset (GPtrArray *header)
{
  LinliImportOwn own;

  if (linli_import_own_find (header, &own))
    return &own_preset;
  for (guint p = 0; p < G_N_ELEMENTS (presets); p++)
    {
      gboolean all = TRUE;

      for (guint i = 0; presets[p].headings[i] != NULL && all; i++)
        all = has_heading (header, presets[p].headings[i]);
      if (all)
        return &presets[p];
    }
  return NULL;
}
