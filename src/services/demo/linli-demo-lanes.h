/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-play.h"

G_BEGIN_DECLS

gboolean linli_demo_lanes_play (LinliDemoPlay *play,
                                gint64         at,
                                guint         *n_cases,
                                GError       **error);

G_END_DECLS
