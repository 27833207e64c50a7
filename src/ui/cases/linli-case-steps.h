/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "linli-case-sheet.h"

G_BEGIN_DECLS

#define LINLI_CASE_STEPS_SHOWN 4

/* Something a person does with a case: a button, a menu item, a key. */
typedef struct
{
  const char *action;     /* "case.dispatch" */
  const char *words;      /* of the button, for translation */
  const char *done;       /* the toast afterwards, for translation */
  const char *key;        /* alone, where nobody is typing */
  gboolean    takes_part; /* the action's target names a dispatch, "" the one it is about */
} LinliCaseStep;

const LinliCaseStep *linli_case_steps           (guint                *n_steps);
const LinliCaseStep *linli_case_step_find       (const char           *action);
const char          *linli_case_step_words      (const LinliCaseStep  *step);
guint                linli_case_steps_next      (LinliCaseSheet       *sheet,
                                                 const LinliCaseStep **steps);
gboolean             linli_case_step_is_open    (LinliCaseSheet       *sheet,
                                                 const LinliCaseStep  *step);
LinliRow            *linli_case_steps_find_part (LinliCaseSheet       *sheet,
                                                 const char           *action,
                                                 const char           *dispatch);

G_END_DECLS
