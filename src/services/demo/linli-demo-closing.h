/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-story.h"

G_BEGIN_DECLS

/* How the sample matters come to their end, as arguments of the commands. */

gboolean    linli_demo_is_under_way   (LinliDemoStory *story,
                                       gint64          at);
JsonObject *linli_demo_notice_args    (LinliDemoStory *story,
                                       const char     *words);
JsonObject *linli_demo_unreached_args (LinliDemoStory *story,
                                       const char     *reason);
JsonObject *linli_demo_callback_args  (LinliDemoStory *story,
                                       const char     *words);
JsonObject *linli_demo_supervise_args (LinliDemoStory *story,
                                       gboolean        late,
                                       const char     *words);

G_END_DECLS
