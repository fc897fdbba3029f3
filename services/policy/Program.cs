using Ecosystem.Catalog.Events.V1;
using Ecosystem.Grpc;
using Ecosystem.Messaging;
using Ecosystem.Policy;
using Ecosystem.Policy.Agreements;
using Ecosystem.Policy.Consents;
using Ecosystem.Policy.Decisions;
using Ecosystem.Policy.Information;
using Ecosystem.Policy.Ledger;
using Ecosystem.Policy.Offers;
using Ecosystem.Policy.Terms;
using Ecosystem.ServiceDefaults;
using Ecosystem.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDocumentStore(
    OfferDocument.Type, AgreementDocument.Type, UseCountDocument.Type, LedgerEntryDocument.Type, LedgerNodeDocument.Type, LedgerHeadDocument.Type,
    LedgerRetentionDocument.Type, InformationSourceDocument.Type, ConsentDocument.Type);
builder.AddMessaging(events => events
    .On<DataAssetPublished, FollowOffers>()
    .On<OfferAttached, FollowOffers>());

LedgerKeyOptions.AddTo(builder);
LedgerRetentionOptions.AddTo(builder);
builder.Services.AddOptions<InformationOptions>().BindConfiguration(InformationOptions.Section);
builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<TooManyWriters>());
builder.Services
    .AddSingleton<PolicyText>().AddSingleton<PolicyMeter>().AddSingleton<ConsentRegister>()
    .AddSingleton<InformationSources>().AddSingleton<SourceLink>().AddSingleton<InformationLookUp>().AddSingleton<InformationGathering>().AddSingleton<OwnFacts>()
    .AddSingleton<OpenAgreements>().AddSingleton<RequestAgreement>().AddSingleton<ReviewAgreement>().AddSingleton<AnswerAgreement>()
    .AddSingleton<CounterAgreement>().AddSingleton<EndAgreement>().AddSingleton<RenewAgreement>().AddSingleton<AssignAgreement>().AddSingleton<AgreementSeal>()
    .AddSingleton<UseRules>().AddSingleton<Decide>().AddSingleton<FulfilDuty>().AddSingleton<WatchUse>().AddSingleton<AgreementNews>()
    .AddSingleton<LedgerHealth>().AddSingleton<LedgerLog>().AddSingleton<LedgerReader>().AddSingleton<LedgerKey>().AddSingleton<LedgerExport>()
    .AddSingleton<ExpireAgreements>().AddHostedService(services => services.GetRequiredService<ExpireAgreements>())
    .AddSingleton<LedgerRetainer>().AddHostedService(services => services.GetRequiredService<LedgerRetainer>())
    .AddHostedService<LedgerAudit>()
    .AddHealthChecks().AddCheck<LedgerHealth>("ledger");

var app = builder.Build();
app.MapServiceDefaults();
app.MapGrpcService<AgreementCalls>();
app.MapGrpcService<DecisionCalls>();
app.MapGrpcService<LedgerCalls>();
app.MapGrpcService<ConsentCalls>();
app.MapGrpcService<ConsentLookUp>();
app.MapGrpcService<InformationCalls>();
app.MapGrpcService<TermsCalls>();
app.MapMessaging();
app.Run();
