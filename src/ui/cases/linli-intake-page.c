/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-intake-page.h"

#include <glib/gi18n-lib.h>

#include "linli-answer-tables.h"
#include "linli-capture-key.h"
#include "linli-cards.h"
#include "linli-core-tables.h"
#include "linli-domain-error.h"
#include "linli-draft-keeper.h"
#include "linli-error-words.h"
#include "linli-focus-enters.h"
#include "linli-intake-drafts.h"
#include "linli-intake-form.h"
#include "linli-paste.h"
#include "linli-people-tables.h"
#include "linli-receipt-bar.h"
#include "linli-time-words.h"

struct _LinliIntakePage
{
  AdwBin             parent_instance;

  /* Template children */
  AdwWindowTitle    *heading;
  GtkButton         *register_button;
  LinliReceiptBar   *receipt;
  LinliIntakeDrafts *drafts;
  GtkLabel          *message;
  AdwBin            *slot;

  /* Widgets made here (unowned: their parents own them) */
  LinliIntakeForm   *form;

  /* Owned */
  LinliUiContext    *context;
  LinliDraftKeeper  *keeper;
  char              *wanted;    /* (nullable): a draft to go on with once it is known */
  LinliRequest      *thrown;    /* (nullable): the draft discarded last */

  /* State */
  gboolean           running;
  gboolean           unsaved;   /* what is said is that the draft could not be stored */
};

G_DEFINE_FINAL_TYPE (LinliIntakePage, linli_intake_page, ADW_TYPE_BIN)

static void
say (LinliIntakePage *self,
     const char      *words)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
update_actions (LinliIntakePage *self)
{
  gboolean begun = self->keeper != NULL && linli_draft_keeper_has_row (self->keeper);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.register", !self->running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.register-dispatch", !self->running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "intake.discard", begun && !self->running);
  gtk_button_set_label (self->register_button,
                        self->form != NULL && linli_intake_form_has_item (self->form) ? _("Register") : _("Take In"));
}

/* --- The draft --- */

static LinliRequest *
draft_body (gpointer form)
{
  return linli_intake_form_save (LINLI_INTAKE_PAGE (form)->form);
}

static void
saved_cb (LinliDraftKeeper *keeper,
          const GError     *error,
          LinliIntakePage  *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (linli_ui_context_now (self->context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (now, linli_ui_context_get_zone (self->context));
  g_autofree char *words = NULL;

  if (error != NULL)
    {
      g_autofree char *trouble = linli_error_words (error);

      say (self, trouble);
      self->unsaved = TRUE;
      adw_window_title_set_subtitle (self->heading, _("Draft not stored"));
      return;
    }
  if (self->unsaved)
    say (self, NULL);
  self->unsaved = FALSE;
  /* Translators: a pattern of g_date_time_format() */
  words = g_date_time_format (local, _("Draft kept %H:%M:%S"));
  adw_window_title_set_subtitle (self->heading, linli_draft_keeper_has_row (keeper) ? words : "");
}

static void
changed_cb (LinliIntakePage *self)
{
  linli_draft_keeper_touch (self->keeper);
  linli_intake_drafts_set_current (self->drafts, linli_draft_keeper_get_id (self->keeper));
  linli_receipt_bar_hide (self->receipt);
  update_actions (self);
}

/* @id: (nullable): of a draft to go on with */
static void
set_keeper (LinliIntakePage *self,
            const char      *id)
{
  if (self->keeper != NULL)
    linli_draft_keeper_leave (self->keeper);
  g_clear_object (&self->keeper);
  self->keeper = linli_draft_keeper_new (linli_ui_context_get_store (self->context), "intake", NULL, id, draft_body,
                                         self);
  g_signal_connect_object (self->keeper, "saved", G_CALLBACK (saved_cb), self, 0);
  linli_intake_drafts_set_current (self->drafts, linli_draft_keeper_get_id (self->keeper));
  adw_window_title_set_subtitle (self->heading, "");
  update_actions (self);
}

static void
open_draft (LinliIntakePage *self,
            LinliRow        *draft)
{
  g_autoptr(LinliRequest) body = linli_request_parse (linli_row_get_text (draft, LINLI_DRAFT_BODY));

  if (body == NULL)
    return;
  set_keeper (self, linli_row_get_id (draft));
  linli_intake_form_restore (self->form, body);
  say (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
open_draft_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  LinliRow *draft = linli_intake_drafts_find (self->drafts, g_variant_get_string (parameter, NULL));

  if (draft != NULL && !self->running)
    open_draft (self, draft);
}

static void
drafts_loaded_cb (LinliIntakePage *self)
{
  LinliRow *draft = self->wanted != NULL ? linli_intake_drafts_find (self->drafts, self->wanted) : NULL;

  g_clear_pointer (&self->wanted, g_free);
  if (draft != NULL)
    open_draft (self, draft);
}

/* Of the matter that was handed in last, while its number is shown. */
static void
print_receipt_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->receipt)))
    gtk_widget_activate_action (GTK_WIDGET (self->receipt), "receipt.print", NULL);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  LinliRequest *thrown = linli_intake_form_save (self->form);

  g_clear_pointer (&self->thrown, linli_request_unref);
  self->thrown = thrown;
  linli_draft_keeper_discard (self->keeper);
  linli_intake_form_clear (self->form);
  set_keeper (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  if (thrown != NULL)
    linli_ui_context_toast_action (self->context, _("The draft was discarded."), _("Undo"), "thrown.undo", NULL);
}

static void
undo_discard_cb (GSimpleAction   *action,
                 GVariant        *parameter,
                 LinliIntakePage *self)
{
  g_autoptr(LinliRequest) thrown = g_steal_pointer (&self->thrown);

  if (thrown == NULL)
    return;
  set_keeper (self, NULL);
  linli_intake_form_restore (self->form, thrown);
  changed_cb (self);
}

/* --- Handing in --- */

typedef struct
{
  LinliIntakePage *page;
  gboolean         dispatch; /* and then sent to whom it should go to */
  gboolean         attached; /* to a case that is known */
  LinliRequest    *answer;   /* (nullable): arguments of case.answer, which follows */
  char            *case_id;  /* (nullable): once it is taken in */
} HandIn;

static void
hand_in_free (HandIn *hand_in)
{
  g_object_unref (hand_in->page);
  g_clear_pointer (&hand_in->answer, linli_request_unref);
  g_free (hand_in->case_id);
  g_free (hand_in);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandIn, hand_in_free)

static void
set_running (LinliIntakePage *self,
             gboolean         running)
{
  self->running = running;
  linli_form_freeze (GTK_WIDGET (self->slot), running);
  update_actions (self);
}

static void
dispatched_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(HandIn) hand_in = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  LinliIntakePage *self = hand_in->page;

  if (self->context == NULL)
    return;
  if (reply != NULL)
    linli_receipt_bar_say (self->receipt, _("Registered and dispatched"));
  else
    {
      g_autofree char *why = linli_error_words (error);
      g_autofree char *words = g_strdup_printf (_("The case is registered, but it was not dispatched: %s"), why);

      say (self, words);
    }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HandIn) hand_in = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  LinliIntakePage *self = hand_in->page;

  if (self->context == NULL)
    return;
  if (reply == NULL)
    {
      g_autofree char *why = linli_error_words (error);
      g_autofree char *words = g_strdup_printf (_("The case is taken in, but it was not answered: %s"), why);

      say (self, words);
      return;
    }
  linli_receipt_bar_say (self->receipt, _("Answered and closed"));
  linli_ui_context_toast_action (self->context, _("Answered and closed."), _("Undo"), "win.undo",
                                 g_variant_new_string (linli_reply_get_operation (reply)));
}

static LinliRequest *
make_dispatch (const char       *case_id,
               LinliIntakeRoute *route)
{
  LinliDutyUnits *units = route->units;
  LinliRequest *request = linli_request_new ();

  linli_request_set_text (request, "case", case_id);
  linli_request_set_text (request, "lead", linli_row_get_id (units->lead));
  linli_request_set_text (request, "instruction", route->instruction);
  for (guint i = 0; i < units->assist->len; i++)
    linli_request_add_text (request, "assist", linli_row_get_id (units->assist->pdata[i]));

  return request;
}

/* The stored case is asked about, not the form, so that what is typed last counts. */
static void
routed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HandIn) hand_in = user_data;
  g_autoptr(LinliIntakeRoute) route = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  g_autoptr(LinliRequest) dispatch = NULL;
  LinliIntakePage *self = hand_in->page;

  if (self->context == NULL)
    return;
  if (route == NULL || route->units->lead == NULL)
    {
      say (self, _("The case is registered, but no unit is proposed for it: open it to dispatch it."));
      return;
    }
  dispatch = make_dispatch (hand_in->case_id, route);
  linli_store_run_async (linli_ui_context_get_store (self->context), "case.dispatch", dispatch, NULL,
                         dispatched_cb, hand_in);
  g_steal_pointer (&hand_in);
}

static void
ready_for_next (LinliIntakePage *self)
{
  linli_draft_keeper_rest (self->keeper);
  linli_intake_form_keep_channel (self->form);
  linli_intake_form_clear (self->form);
  set_keeper (self, NULL);
  set_running (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static const char *
done_words (HandIn *hand_in)
{
  if (hand_in->attached)
    return _("Added to the case, receipt");
  return hand_in->answer == NULL && linli_intake_form_has_item (hand_in->page->form) ? _("Registered") : _("Taken in");
}

static void
taken_in_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HandIn) hand_in = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  LinliIntakePage *self = hand_in->page;

  if (self->context == NULL)
    return;
  if (reply == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      set_running (self, FALSE);
      if (!linli_intake_form_show_error (self->form, linli_domain_error_get_field (error), words))
        say (self, words);
      return;
    }
  linli_receipt_bar_show (self->receipt, done_words (hand_in), linli_reply_get_text (reply, "receipt_no"),
                          linli_reply_get_text (reply, "case"));
  ready_for_next (self);
  if (hand_in->answer != NULL)
    {
      linli_request_set_text (hand_in->answer, "case", linli_reply_get_text (reply, "case"));
      linli_store_run_async (linli_ui_context_get_store (self->context), "case.answer", hand_in->answer, NULL,
                             answered_cb, hand_in);
      g_steal_pointer (&hand_in);
      return;
    }
  if (!hand_in->dispatch)
    return;
  hand_in->case_id = g_strdup (linli_reply_get_text (reply, "case"));
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_intake_route_read_case,
                          g_strdup (hand_in->case_id), g_free, (GDestroyNotify) linli_intake_route_free, NULL,
                          routed_cb, hand_in);
  g_steal_pointer (&hand_in);
}

static HandIn *
new_hand_in (LinliIntakePage *self)
{
  HandIn *hand_in = g_new0 (HandIn, 1);

  hand_in->page = g_object_ref (self);

  return hand_in;
}

/* @request: the arguments of case.intake */
static void
hand_in_now (LinliIntakePage *self,
             LinliRequest    *request,
             HandIn          *hand_in)
{
  linli_draft_keeper_flush (self->keeper);
  if (linli_draft_keeper_has_row (self->keeper))
    linli_request_set_text (request, "draft", linli_draft_keeper_get_id (self->keeper));
  set_running (self, TRUE);
  linli_store_run_async (linli_ui_context_get_store (self->context), "case.intake", request, NULL, taken_in_cb,
                         hand_in);
}

static gboolean
is_ready (LinliIntakePage *self,
          gboolean         dispatching)
{
  say (self, NULL);
  return !self->running && linli_intake_form_check (self->form, dispatching);
}

static void
register_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  gboolean dispatching = g_str_equal (name, "intake.register-dispatch");
  g_autoptr(LinliRequest) request = NULL;
  HandIn *hand_in;

  if (!is_ready (self, dispatching))
    return;
  request = linli_intake_form_make_request (self->form);
  hand_in = new_hand_in (self);
  hand_in->dispatch = dispatching;
  hand_in_now (self, request, hand_in);
}

/* --- Hints --- */

static void
look_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  linli_matter_hints_look (linli_intake_form_get_hints (LINLI_INTAKE_PAGE (widget)->form));
}

/* One more voice of a matter that is known. */
static void
attach_to (LinliIntakePage *self,
           const char      *case_id)
{
  g_autoptr(LinliRequest) request = NULL;
  HandIn *hand_in;

  if (!is_ready (self, FALSE))
    return;
  request = linli_intake_form_make_request (self->form);
  linli_request_set_text (request, "attach_to", case_id);
  hand_in = new_hand_in (self);
  hand_in->attached = TRUE;
  hand_in_now (self, request, hand_in);
}

static void
attach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  attach_to (LINLI_INTAKE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
attach_first_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  LinliDuplicate *first = linli_matter_hints_get_duplicate (linli_intake_form_get_hints (self->form));

  if (first != NULL)
    attach_to (self, first->case_id);
}

/* Who asks and is answered at once need not say a name. */
static void
allow_nameless (LinliRequest *request)
{
  static const char *const names[] = { "id", "name", "phone" };
  g_autoptr(LinliRequest) resident = linli_request_get_object (request, "appellant");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = linli_request_get_text (resident, names[i]);

      if (value != NULL && *value != '\0')
        return;
    }
  linli_request_set_bool (resident, "anonymous", TRUE);
}

/* Taken in without being registered: the answer settles it. */
static void
answer_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  LinliAnswer *answer = linli_matter_hints_get_answer (linli_intake_form_get_hints (self->form));
  g_autoptr(LinliRequest) request = NULL;
  HandIn *hand_in;

  if (answer == NULL || !is_ready (self, FALSE))
    return;
  request = linli_intake_form_make_request (self->form);
  linli_request_set_bool (request, "accept", FALSE);
  allow_nameless (request);
  hand_in = new_hand_in (self);
  hand_in->answer = linli_request_new ();
  linli_request_set_text (hand_in->answer, "answer", linli_row_get_id (answer->row));
  linli_request_set_int (hand_in->answer, "version", linli_row_get_int (answer->row, LINLI_ANSWER_VERSION));
  hand_in_now (self, request, hand_in);
}

/* --- Files --- */

static void
take_file (gpointer page,
           GFile   *file)
{
  linli_intake_form_take_file (LINLI_INTAKE_PAGE (page)->form, file);
}

static void
take_texture (gpointer    page,
              GdkTexture *texture)
{
  linli_intake_form_take_texture (LINLI_INTAKE_PAGE (page)->form, texture);
}

/* --- The object --- */

/* Straight to the words: the resident is speaking already. */
static gboolean
linli_intake_page_focus (GtkWidget       *widget,
                         GtkDirectionType direction)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);

  if (self->form != NULL && linli_focus_enters (widget, direction))
    return gtk_widget_grab_focus (GTK_WIDGET (self->form));

  return GTK_WIDGET_CLASS (linli_intake_page_parent_class)->focus (widget, direction);
}

static void
linli_intake_page_root (GtkWidget *widget)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) undo = g_simple_action_new ("undo", NULL);

  GTK_WIDGET_CLASS (linli_intake_page_parent_class)->root (widget);
  g_signal_connect_object (undo, "activate", G_CALLBACK (undo_discard_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (undo));
  gtk_widget_insert_action_group (GTK_WIDGET (gtk_widget_get_root (widget)), "thrown", G_ACTION_GROUP (group));
}

/* The page is taken away or the window closes: the last keys are stored. */
static void
linli_intake_page_unmap (GtkWidget *widget)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (widget);

  if (self->keeper != NULL)
    linli_draft_keeper_flush (self->keeper);

  GTK_WIDGET_CLASS (linli_intake_page_parent_class)->unmap (widget);
}

static void
linli_intake_page_dispose (GObject *object)
{
  LinliIntakePage *self = LINLI_INTAKE_PAGE (object);

  if (self->keeper != NULL)
    linli_draft_keeper_leave (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->thrown, linli_request_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_intake_page_parent_class)->dispose (object);
}

static void
linli_intake_page_class_init (LinliIntakePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_intake_page_dispose;
  widget_class->focus = linli_intake_page_focus;
  widget_class->root = linli_intake_page_root;
  widget_class->unmap = linli_intake_page_unmap;

  g_type_ensure (LINLI_TYPE_RECEIPT_BAR);
  g_type_ensure (LINLI_TYPE_INTAKE_DRAFTS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-intake-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliIntakePage, heading);
  gtk_widget_class_bind_template_child_full (widget_class, "register", FALSE,
                                             G_STRUCT_OFFSET (LinliIntakePage, register_button));
  gtk_widget_class_bind_template_child (widget_class, LinliIntakePage, receipt);
  gtk_widget_class_bind_template_child (widget_class, LinliIntakePage, drafts);
  gtk_widget_class_bind_template_child (widget_class, LinliIntakePage, message);
  gtk_widget_class_bind_template_child (widget_class, LinliIntakePage, slot);

  gtk_widget_class_install_action (widget_class, "intake.register", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "intake.register-dispatch", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "intake.look", NULL, look_action);
  gtk_widget_class_install_action (widget_class, "intake.attach", "s", attach_action);
  gtk_widget_class_install_action (widget_class, "intake.attach-first", NULL, attach_first_action);
  gtk_widget_class_install_action (widget_class, "intake.answer", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "intake.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "intake.open-draft", "s", open_draft_action);
  gtk_widget_class_install_action (widget_class, "intake.print-receipt", NULL, print_receipt_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "intake.print-receipt", NULL);
}

static void
linli_intake_page_init (LinliIntakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_paste_accept (GTK_WIDGET (self), take_file, take_texture);
  linli_capture_key (GTK_WIDGET (self), "<Control>Return|<Control>KP_Enter", "intake.register");
  linli_capture_key (GTK_WIDGET (self), "<Control><Shift>Return|<Control><Shift>KP_Enter",
                     "intake.register-dispatch");
  linli_capture_key (GTK_WIDGET (self), "<Alt>4|<Alt>KP_4", "intake.look");
  linli_capture_key (GTK_WIDGET (self), "<Alt>5|<Alt>KP_5", "intake.attach-first");
  linli_capture_key (GTK_WIDGET (self), "<Alt>6|<Alt>KP_6", "intake.answer");
}

/* @draft: (nullable): id of a draft to go on with */
GtkWidget *
linli_intake_page_new (LinliUiContext *context,
                       const char     *draft)
{
  LinliIntakePage *self = g_object_new (LINLI_TYPE_INTAKE_PAGE, NULL);

  self->context = g_object_ref (context);
  self->wanted = g_strdup (draft);
  self->form = LINLI_INTAKE_FORM (linli_intake_form_new (context));
  adw_bin_set_child (self->slot, GTK_WIDGET (self->form));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drafts, "loaded", G_CALLBACK (drafts_loaded_cb), self, G_CONNECT_SWAPPED);
  linli_intake_drafts_set_context (self->drafts, context);
  set_keeper (self, NULL);

  return GTK_WIDGET (self);
}
