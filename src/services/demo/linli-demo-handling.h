/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-play.h"

G_BEGIN_DECLS

void     linli_demo_handling_plan (LinliDemoPlan       *plan);
gboolean linli_demo_handling_play (LinliDemoPlay       *self,
                                   LinliDemoStory      *story,
                                   const LinliDemoStep *step,
                                   GError             **error);

G_END_DECLS
