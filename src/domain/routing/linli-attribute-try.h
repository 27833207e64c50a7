/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-route-note.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* Where an answer to what is asked would send a matter. */
typedef struct
{
  char           *value;
  LinliRouteNote *note;
} LinliAttributeAnswer;

/* What an attribute would do, if it were saved as it is written down. */
typedef struct
{
  char      *leaf;    /* (nullable) code of the first leaf it is asked about */
  char      *name;    /* (nullable) of that leaf */
  GPtrArray *answers; /* (element-type LinliAttributeAnswer) one for every answer, without a place */
  GPtrArray *lost;    /* (element-type utf8) names of rules that ask for an answer nobody could give */
} LinliAttributeTrial;

/* What an attribute says by itself of a leaf, as a line of a form. */
char                *linli_attribute_defaults_to_text (LinliRow           *def);
LinliRow            *linli_attribute_plan             (LinliConn          *conn,
                                                       JsonObject         *args,
                                                       LinliRow          **known,
                                                       GError            **error);
LinliAttributeTrial *linli_attribute_try              (LinliConn          *conn,
                                                       JsonObject         *args,
                                                       gint64              now,
                                                       GError            **error);
void                 linli_attribute_trial_free       (LinliAttributeTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliAttributeTrial, linli_attribute_trial_free)

G_END_DECLS
