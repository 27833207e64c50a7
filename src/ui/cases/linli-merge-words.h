/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-merge-preview.h"

G_BEGIN_DECLS

const char *linli_merge_warning_words (LinliMergeWarning  warning);
const char *linli_merge_refusal_words (const char        *refusal);
char       *linli_merge_kept_words    (LinliMergeCase   *one);

G_END_DECLS
