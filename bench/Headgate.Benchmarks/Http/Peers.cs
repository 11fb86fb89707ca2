using System.Runtime.CompilerServices;

namespace Headgate.Benchmarks.Http;

/// <summary>The three servers, each set up as its own documentation advises for hits from memory.</summary>
internal static class Peers
{
    private const string Provider = """
        provider: bench
        baseUrl: UPSTREAM
        identity: { from: header Authorization }
        limits: { wide: { permits: 1000000000, per: 1s, scope: limitKey } }
        defaultLimit: wide
        contentTypes: application/json
        endpoints:
          - name: quote
            match: GET /quote
            scope: entitled
            limits: [wide]
            batch: { parameter: i, style: repeated, max: 500, urlMax: 14KB, items: $.data, missing: omit, missingTtl: 10s, required: [last_price] }
            freshness: { ttl: 1h, stale: 1h }
          - { name: small, match: GET /small, scope: entitled, limits: [wide], freshness: { ttl: 1h, stale: 1h } }
          - { name: large, match: GET /large, scope: entitled, limits: [wide], freshness: { ttl: 1h, stale: 1h } }
        """;

    // nginx at its best: small bodies are cheaper to read and send with their head than by sendfile; large ones by sendfile without tcp_nopush, which
    // together stall by 40 ms on some kernels.
    private const string Nginx = """
        USER daemon off; worker_processes 1; error_log WORK/nginx-error.log crit; pid WORK/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off; keepalive_requests 100000000; large_client_header_buffers 4 32k; tcp_nodelay on; open_file_cache max=10000 inactive=1h; open_file_cache_valid 1h;
          client_body_temp_path WORK/nginx-body; proxy_temp_path WORK/nginx-temp; fastcgi_temp_path WORK/f; uwsgi_temp_path WORK/u; scgi_temp_path WORK/s;
          proxy_cache_path WORK/nginx levels=1:2 keys_zone=all:64m max_size=1g use_temp_path=off inactive=1h;
          upstream origin { server 127.0.0.1:UPSTREAM; keepalive 32; }
          server {
            listen 127.0.0.1:17701;
            location = /large { sendfile on; include WORK/nginx-cache.conf; }
            location / { sendfile off; include WORK/nginx-cache.conf; }
          }
        }
        """;

    private const string NginxCache = """
              proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
              proxy_cache all; proxy_cache_key $request_uri$http_authorization; proxy_cache_valid 200 1h; add_header X-Cache-Status $upstream_cache_status;
        """;

    private const string Varnish = """
        vcl 4.1;
        backend default { .host = "127.0.0.1"; .port = "UPSTREAM"; }
        sub vcl_recv { return (hash); }
        sub vcl_hash { hash_data(req.url); hash_data(req.http.Authorization); return (lookup); }
        sub vcl_backend_response { set beresp.ttl = 1h; }
        """;

    public static Task<ServerUnderTest> StartAsync(string name, string work, int upstream, int niceness)
    {
        var origin = $"{upstream}";
        switch (name)
        {
            case "nginx":
                Write(work, "nginx-cache.conf", NginxCache);
                var nginx = Write(work, "nginx.conf", Nginx.Replace("USER", Environment.IsPrivilegedProcess ? "user root;" : "", StringComparison.Ordinal).Replace("WORK", work, StringComparison.Ordinal).Replace("UPSTREAM", origin, StringComparison.Ordinal));
                return ServerUnderTest.StartAsync(name, 17_701, "", "nginx", ["-c", nginx], niceness);
            case "varnish":
                var varnish = Write(work, "bench.vcl", Varnish.Replace("UPSTREAM", origin, StringComparison.Ordinal));
                return ServerUnderTest.StartAsync(
                    name, 17_702, "", "varnishd",
                    ["-F", "-f", varnish, "-a", "127.0.0.1:17702", "-s", "malloc,512m", "-n", Path.Combine(work, "varnish"), "-j", "none",
                     "-p", "http_req_size=65536", "-p", "http_req_hdr_len=32768", "-p", "workspace_client=256k", "-p", "thread_pool_min=50"], niceness);
            default:
                var catalogue = Write(work, "bench.yaml", Provider.Replace("UPSTREAM", $"http://127.0.0.1:{upstream}", StringComparison.Ordinal));
                return ServerUnderTest.StartAsync(
                    name, 17_703, "/bench", Gate(), ["serve", "--data-dir", Path.Combine(work, "data"), "--catalogue", catalogue], niceness,
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["HEADGATE_URL"] = "http://127.0.0.1:17703" });
        }
    }

    /// <summary>The command as it was built last in Release, or as HEADGATE_BENCH_GATE names it.</summary>
    public static string Gate([CallerFilePath] string here = "") => Environment.GetEnvironmentVariable("HEADGATE_BENCH_GATE")
        ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Headgate.Cli", "bin", "Release", "net10.0", "headgate"));

    private static string Write(string work, string name, string text)
    {
        var path = Path.Combine(work, name);
        File.WriteAllText(path, text);
        return path;
    }
}
