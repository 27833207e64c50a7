/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-metrics.h"

static const double bounds[LINLI_HUB_N_BOUNDS] = { 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3 }; /* seconds */

/**
 * linli_hub_metrics_note_push:
 * @duration: microseconds from the whole request to the answer
 * @decided: whether it was answered with results
 */
void
linli_hub_metrics_note_push (LinliHubService *service,
                             gint64           duration,
                             gboolean         decided)
{
  LinliHubCounts *counts = linli_hub_service_get_counts (service);
  guint slot = 0;

  while (slot < LINLI_HUB_N_BOUNDS && (double) duration > bounds[slot] * G_USEC_PER_SEC)
    slot++;
  counts->push_times[slot]++;
  counts->push_time_sum += (guint64) duration;
  counts->n_pushes++;
  if (!decided)
    counts->n_push_problems++;
}

void
linli_hub_metrics_note_pull (LinliHubService *service,
                             gsize            bytes)
{
  LinliHubCounts *counts = linli_hub_service_get_counts (service);

  counts->n_pulls++;
  counts->pull_bytes += bytes;
}

static void
append (GString    *out,
        const char *name,
        const char *type,
        const char *help,
        guint64     value)
{
  g_string_append_printf (out, "# HELP linli_hub_%s %s\n# TYPE linli_hub_%s %s\nlinli_hub_%s %" G_GUINT64_FORMAT "\n",
                          name, help, name, type, name, value);
}

static void
append_times (GString              *out,
              const LinliHubCounts *counts)
{
  guint64 n = 0;

  g_string_append (out, "# HELP linli_hub_push_seconds From the whole request to the answer.\n"
                        "# TYPE linli_hub_push_seconds histogram\n");
  for (guint i = 0; i <= LINLI_HUB_N_BOUNDS; i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      n += counts->push_times[i];
      g_string_append_printf (out, "linli_hub_push_seconds_bucket{le=\"%s\"} %" G_GUINT64_FORMAT "\n",
                              i < LINLI_HUB_N_BOUNDS ? g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]) : "+Inf", n);
    }
  g_string_append_printf (out, "linli_hub_push_seconds_sum %" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT "\n"
                               "linli_hub_push_seconds_count %" G_GUINT64_FORMAT "\n",
                          counts->push_time_sum / G_USEC_PER_SEC, counts->push_time_sum % G_USEC_PER_SEC, n);
}

void
linli_hub_metrics_answer (LinliHubService  *service,
                          LinliHttpRequest *request)
{
  const LinliHubCounts *counts = linli_hub_service_get_counts (service);
  LinliHttpServer *server = linli_hub_service_get_listener (service);
  LinliHttpFigures figures = linli_http_server_get_figures (server);
  GString *out = g_string_new (NULL);
  g_autoptr(GBytes) body = NULL;

  append (out, "connections", "gauge", "Open connections.", figures.n_connections);
  append (out, "held", "gauge", "Requests that wait for an answer.", figures.n_waiting);
  append (out, "requests_total", "counter", "Requests whose head came in.", figures.n_requests);
  append (out, "refused_total", "counter", "Requests refused for their form or size.", figures.n_refused);
  append (out, "workspaces_open", "gauge", "Workspaces in use.", linli_hub_service_n_open (service));
  append (out, "waiting", "gauge", "Desks that wait for something new.", linli_hub_service_n_waiting (service));
  append (out, "pushes_total", "counter", "Batches of operations.", counts->n_pushes);
  append (out, "push_problems_total", "counter", "Batches answered with a problem.", counts->n_push_problems);
  append (out, "pulls_total", "counter", "Pages fetched.", counts->n_pulls);
  append (out, "pull_bytes_total", "counter", "Bytes of them before packing.", counts->pull_bytes);
  append_times (out, counts);
  body = g_string_free_to_bytes (out);
  linli_http_request_reply (request, 200, "text/plain; version=0.0.4", body);
}
