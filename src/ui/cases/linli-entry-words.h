/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "linli-case-facts.h"

G_BEGIN_DECLS

const char        *linli_entry_kind_words     (const char          *kind);
const char        *linli_entry_kind_icon      (const char          *kind);
const char        *linli_audience_words       (const char          *audience);
const char        *linli_audience_long_words  (const char          *audience);
const char        *linli_part_role_words      (const char          *role);
const char        *linli_clock_fault_words    (const char          *fault);
const char        *linli_lane_words           (const char          *lane);
const char        *linli_nature_words         (const char          *nature);
const char *const *linli_natures              (void);
const char        *linli_case_field_words     (const char          *field);
char              *linli_case_fact_words      (const LinliCaseFact *fact,
                                               GTimeZone           *zone);

G_END_DECLS
