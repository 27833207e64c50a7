/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A rule of procedure as people say it. All words are to be translated. */
typedef struct
{
  const char *code;            /* as policy.list or handling.rules names it */
  gboolean    is_bound;        /* handling.set-rule sets it, else policy.set */
  const char *sentence;        /* with %s for the value; or of the only choice */
  const char *label;           /* of the field, with a mnemonic */
  const char *affects;
  const char *source;
  const char *choices[4];      /* NULL-terminated: values of a rule that is one of a few */
  const char *choice_names[4]; /* as a list to choose from names them */
  const char *choice_sentences[4];
} LinliProcedureRule;

const LinliProcedureRule *linli_procedure_rules    (guint                    *n);
const LinliProcedureRule *linli_procedure_find     (const char               *code);
char                     *linli_procedure_sentence (const LinliProcedureRule *rule,
                                                    const char               *value);

G_END_DECLS
