/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

/* 办结要件 in a form: what should show the result, ticked where something does.
 * What is missing is added here by choosing, dropping or pasting, or let off
 * by who may; either happens at once, whatever becomes of the form. */
#define LINLI_TYPE_EVIDENCE_LIST (linli_evidence_list_get_type ())
G_DECLARE_FINAL_TYPE (LinliEvidenceList, linli_evidence_list, LINLI, EVIDENCE_LIST, GtkBox)

void linli_evidence_list_add_to (LinliActionDialog *dialog,
                                 LinliUiContext    *context,
                                 LinliCaseSheet    *sheet,
                                 gboolean           aside);

G_END_DECLS
