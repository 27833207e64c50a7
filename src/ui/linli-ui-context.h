/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-clock.h"
#include "linli-session-watch.h"
#include "linli-store.h"
#include "linli-suggester.h"
#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* What every page needs and none may reach for by itself: made once for an
 * open store and handed to constructors. */
#define LINLI_TYPE_UI_CONTEXT (linli_ui_context_get_type ())
G_DECLARE_FINAL_TYPE (LinliUiContext, linli_ui_context, LINLI, UI_CONTEXT, GObject)

/* Shows @text for a moment, or beside the pages until it is answered when it is an @offer. With
 * @action (nullable) the text has a button @label that runs it with @target
 * (nullable, floating). */
typedef void (*LinliToastFunc) (const char *text,
                                const char *label,
                                const char *action,
                                GVariant   *target,
                                gboolean    offer,
                                gpointer    data);

LinliUiContext *linli_ui_context_new          (LinliStore     *store,
                                               LinliSession   *session,
                                               GSettings      *settings,
                                               LinliClock     *clock);
LinliSession   *linli_ui_context_get_session  (LinliUiContext *self);
LinliSessionWatch *linli_ui_context_get_session_watch (LinliUiContext *self);
LinliStore     *linli_ui_context_get_store    (LinliUiContext *self);
LinliSuggester *linli_ui_context_get_suggester (LinliUiContext *self);
LinliSyncAgent *linli_ui_context_get_sync     (LinliUiContext *self);
void            linli_ui_context_stop         (LinliUiContext *self);
GSettings      *linli_ui_context_get_settings (LinliUiContext *self);
LinliClock     *linli_ui_context_get_clock    (LinliUiContext *self);
GTimeZone      *linli_ui_context_get_zone     (LinliUiContext *self);
gint64          linli_ui_context_now          (LinliUiContext *self);
void            linli_ui_context_set_toast    (LinliUiContext *self,
                                               LinliToastFunc  func,
                                               gpointer        data);
void            linli_ui_context_toast        (LinliUiContext *self,
                                               const char     *text);
void            linli_ui_context_toast_action (LinliUiContext *self,
                                               const char     *text,
                                               const char     *label,
                                               const char     *action,
                                               GVariant       *target);
void            linli_ui_context_offer        (LinliUiContext *self,
                                               const char     *text,
                                               const char     *label,
                                               const char     *action,
                                               GVariant       *target);

G_END_DECLS
