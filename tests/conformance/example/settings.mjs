// Settings have the names that the chart and the local apphost give to every service. All faults are told at once.
export function readSettings(environment) {
  const faults = [];
  const needed = (name, example) => {
    if (!environment[name]) faults.push(`${name} is missing. Set it to ${example}.`);
    return environment[name];
  };
  const settings = {
    http: address(environment.Kestrel__Endpoints__http__Url ?? "http://127.0.0.1:5200"),
    grpc: address(environment.Kestrel__Endpoints__grpc__Url ?? "http://127.0.0.1:5201"),
    issuer: `${needed("Keycloak__auth-server-url", "the address of Keycloak, e.g. https://id.example.org")}`.replace(/\/$/, "")
      + `/realms/${needed("Keycloak__realm", "the realm, e.g. ecosystem")}`,
    audience: needed("Keycloak__resource", "the client of this service in the realm, e.g. notes"),
    appApiToken: needed("APP_API_TOKEN", "the token with which the sidecar proves itself"),
    store: needed("Storage__Path", "the folder for what is kept"),
    drainMilliseconds: seconds(environment.Drain__Pause ?? "00:00:00") * 1000,
  };
  if (faults.length) {
    console.error(faults.join("\n"));
    process.exit(1);
  }
  return settings;
}

const address = (url) => {
  const { hostname, port } = new URL(url.replace("*", "0.0.0.0"));
  return { host: hostname, port: Number(port) };
};

const seconds = (time) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
