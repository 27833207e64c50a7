/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How often which class was taken for which. */
typedef struct _LinliConfusion LinliConfusion;

LinliConfusion *linli_confusion_new          (void);
void            linli_confusion_free         (LinliConfusion *self);
void            linli_confusion_add          (LinliConfusion *self,
                                              const char     *truth,
                                              const char     *guess);
double          linli_confusion_get_macro_f1 (LinliConfusion *self);
double          linli_confusion_get_accuracy (LinliConfusion *self);
JsonArray      *linli_confusion_to_classes   (LinliConfusion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliConfusion, linli_confusion_free)

G_END_DECLS
