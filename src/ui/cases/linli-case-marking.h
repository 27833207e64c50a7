/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-list.h"

G_BEGIN_DECLS

void linli_case_marking_attach (LinliCaseList *list,
                                GtkListView   *view);

G_END_DECLS
