using Ecosystem.Gateway.Configuration;
using Ecosystem.Gateway.Edge;
using Ecosystem.Gateway.Pages;
using Ecosystem.Gateway.Routing;
using Ecosystem.Gateway.Status;
using Ecosystem.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.KeepLastGoodJson();
builder.AddServiceDefaults();
builder.AddGatewayOptions();
builder.AddEdge();
builder.AddRoutes();
builder.AddServiceStatus();
builder.AddPages();

var app = builder.Build();
app.UseEdge();
app.MapServiceDefaults();
app.MapPages();
app.MapRoutes();
await app.RunAsync();
