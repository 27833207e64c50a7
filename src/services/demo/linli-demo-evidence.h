/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-demo-play.h"

G_BEGIN_DECLS

gboolean linli_demo_evidence_bring (LinliDemoPlay  *self,
                                    LinliDemoStory *story,
                                    const char     *desk,
                                    gint64          at,
                                    GError        **error);

G_END_DECLS
