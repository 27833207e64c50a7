/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-centre-room.h"

G_BEGIN_DECLS

/* The rooms of 本中心. */
extern const LinliRoomKind linli_ladder_room;        /* 督办 */
extern const LinliRoomKind linli_work_calendar_room; /* 工作日历 */
extern const LinliRoomKind linli_procedure_room;     /* 办理规定 */
extern const LinliRoomKind linli_lane_names_room;    /* 三条路 */
extern const LinliRoomKind linli_evidence_room;      /* 办结要件 */
extern const LinliRoomKind linli_limits_room;        /* 时限 */
extern const LinliRoomKind linli_attributes_room;    /* 事项属性 */

G_END_DECLS
