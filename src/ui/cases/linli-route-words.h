/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-route-note.h"

G_BEGIN_DECLS

/* Why this unit? In the words of whoever decides it. */
char *linli_route_reason_words (const LinliRouteNote     *note);
char *linli_route_chosen_words (const LinliRouteNote     *note);
char *linli_route_rule_words   (const LinliRouteNoteRule *rule);
char *linli_route_case_words   (const LinliRouteNoteCase *one);

G_END_DECLS
