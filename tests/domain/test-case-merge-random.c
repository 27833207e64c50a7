/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merges on merges, in any order, taken back in any other. */

#include "case-desk.h"
#include "linli-json.h"
#include "test-conn.h"

#ifdef __SANITIZE_ADDRESS__
#define N_ROUNDS 6
#define N_STEPS  80
#else
#define N_ROUNDS 12
#define N_STEPS  250
#endif
#define N_CASES 8
#define HOUR    (60 * CASE_DESK_MINUTE)
#define TRAILS  "audit entry counter outbox setting merge_record"

/* @sql names ids; Returns: (transfer full) (nullable): one of them */
static char *
pick (CaseDesk   *f,
      const char *sql)
{
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM (%s) AS rows", sql);
  gint64 n = case_desk_int (f, count, NULL);
  g_autofree char *one = g_strdup_printf ("%s ORDER BY id LIMIT 1 OFFSET %d", sql, n > 0 ? g_test_rand_int_range (0, (gint32) n) : 0);

  return case_desk_text (f, one, NULL);
}

/* Runs it if the rules let it. */
static gboolean G_GNUC_PRINTF (3, 4)
attempt (CaseDesk   *f,
         const char *command,
         const char *format,
         ...)
{
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  outcome = case_desk_try (f, &error, command, "%s", json);
  if (outcome == NULL && error->domain != LINLI_DOMAIN_ERROR)
    g_error ("%s %s: %s", command, json, error->message);
  return outcome != NULL;
}

static void
make_cases (CaseDesk *f)
{
  static const char *const states[] = { "received", "registered", "dispatched", "in_progress", "pending_review", "registered" };

  for (guint i = 0; i < N_CASES; i++)
    {
      CaseSubject subject = { NULL };

      case_desk_reach (f, &subject, states[g_test_rand_int_range (0, G_N_ELEMENTS (states))]);
      if (g_test_rand_int_range (0, 4) == 0)
        attempt (f, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", subject.id);
      if (g_test_rand_int_range (0, 3) == 0)
        attempt (f, "case.classify", "{\"case\":\"%s\",\"item\":\"06.02\"}", subject.id);
      f->clock.time += g_test_rand_int_range (0, 200) * HOUR / 4;
      case_subject_clear (&subject);
    }
}

#define OPEN   "SELECT id FROM cases WHERE state NOT IN ('closed','declined','withdrawn','merged')"
#define MERGED "SELECT id FROM cases WHERE state = 'merged'"

static gboolean
merge_some (CaseDesk *f)
{
  g_autofree char *a = pick (f, OPEN);
  g_autofree char *b = pick (f, OPEN);
  g_autofree char *c = pick (f, OPEN);

  if (a == NULL)
    return FALSE;
  if (g_test_rand_int_range (0, 3) == 0 && !g_str_equal (b, c))
    return attempt (f, "case.merge", "{\"sources\":[\"%s\",\"%s\"],\"target\":\"%s\"}", b, c, a);
  return attempt (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\",\"units\":\"%s\"}", b, a,
                  g_test_rand_int_range (0, 2) == 0 ? "carry" : "recall");
}

static gboolean
unmerge_one (CaseDesk *f)
{
  g_autofree char *id = pick (f, MERGED);

  if (id == NULL)
    return FALSE;
  g_assert_true (attempt (f, "case.unmerge", "{\"case\":\"%s\"}", id));
  return TRUE;
}

/* Nothing else happened: everything is as it was, to the byte. */
static void
test_all_taken_back (CaseDesk     *f,
                     gconstpointer data)
{
  guint n_rounds = test_conn_is_postgres () ? N_ROUNDS / 3 : N_ROUNDS; /* each word is a journey there */
  guint n_merged = 0;

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      make_cases (f);
      before = case_desk_digest (f, TRAILS);
      for (guint i = 0; i < 14; i++)
        {
          /* now and then one leaves in between, and others come again */
          gboolean done = g_test_rand_int_range (0, 5) == 0 ? unmerge_one (f) : merge_some (f);

          n_merged += done;
          if (done)
            case_desk_check (f);
          f->clock.time += g_test_rand_int_range (0, 40) * HOUR / 4;
        }
      while (unmerge_one (f))
        {
          case_desk_check (f);
          f->clock.time += g_test_rand_int_range (0, 400) * HOUR / 4;
        }
      after = case_desk_digest (f, TRAILS);
      g_assert_cmpstr (before, ==, after);
    }
  g_test_message ("%u merges and partings, %d cases", n_merged, (int) case_desk_int (f, "SELECT count(*) FROM cases", NULL));
  g_assert_cmpuint (n_merged, >, n_rounds * 3);
}

static const struct { const char *command, *args; } works[] = {
  { "case.note", "{\"case\":\"%c\",\"body\":\"记一笔\",\"audience\":\"unit\"}" },
  { "case.note", "{\"case\":\"%m\",\"body\":\"找原号\",\"audience\":\"internal\"}" },
  { "case.intake", "{\"text\":\"又来反映\",\"channel\":\"DH01\",\"attach_to\":\"%m\",\"appellant\":{\"name\":\"王\",\"confidential\":true}}" },
  { "case.intake", "{\"text\":\"井盖\",\"channel\":\"CK01\",\"item\":\"06.01\",\"accept\":true}" },
  { "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}" },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}" },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"06.01\"}" },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\"]}" },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}" },
  { "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}" },
  { "case.release", "{\"dispatch\":\"%d\",\"reason\":\"不需要\"}" },
  { "case.sign", "{\"dispatch\":\"%d\"}" },
  { "case.sign", "{\"dispatch\":\"%d\"}" },
  { "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}" },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}" },
  { "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}" },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}" },
  { "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}" },
  { "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}" },
  { "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}" },
  { "clock.recompute", "{}" },
};

static void
work (CaseDesk *f)
{
  guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (works));
  g_autoptr(GString) text = g_string_new (works[i].args);
  g_autofree char *open = pick (f, OPEN);
  g_autofree char *merged = pick (f, MERGED);
  g_autofree char *part = pick (f, "SELECT id FROM dispatch WHERE state IN ('sent','signed','working')");
  const char *none = "0195c0de-7000-7abc-8def-0123456789ab";

  g_string_replace (text, "%c", open != NULL ? open : none, 0);
  g_string_replace (text, "%m", merged != NULL ? merged : none, 0);
  g_string_replace (text, "%d", part != NULL ? part : none, 0);
  g_string_replace (text, "%u", case_desk_unit (f, (guint) g_test_rand_int_range (0, 4)), 0);
  g_string_replace (text, "%v", case_desk_unit (f, (guint) g_test_rand_int_range (0, 4)), 0);
  attempt (f, works[i].command, "%s", text->str);
}

/* Whatever happens in between, every rule holds after every step, and every
 * merge can be taken back at the end. */
static void
test_life_goes_on (CaseDesk     *f,
                   gconstpointer data)
{
  make_cases (f);
  for (guint i = 0; i < N_STEPS; i++)
    {
      int dice = g_test_rand_int_range (0, 10);

      if (dice < 2)
        merge_some (f);
      else if (dice < 3)
        unmerge_one (f);
      else
        work (f);
      case_desk_check (f);
      f->clock.time += g_test_rand_int_range (0, 100) * HOUR / 8;
    }
  g_test_message ("%d merges, %d residents", (int) case_desk_int (f, "SELECT count(*) FROM merge_record", NULL),
                  (int) case_desk_int (f, "SELECT count(*) FROM submission", NULL));
  while (unmerge_one (f))
    case_desk_check (f);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM submission WHERE home_id IS NOT NULL", NULL), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE origin_id IS NOT NULL", NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-merge-random/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("all-taken-back", test_all_taken_back);
  ADD ("life-goes-on", test_life_goes_on);
#undef ADD
  return g_test_run ();
}
