using System.Text.Json;
using Ecosystem.Authz.V1;
using Ecosystem.Testing;
using Google.Protobuf.Reflection;

namespace Ecosystem.Contracts.Tests;

public sealed class AccessRuleTests
{
    public static TheoryData<string> Methods => [.. ContractFiles.Services.SelectMany(service => service.Methods).Select(method => method.FullName)];

    [Fact]
    public void The_contracts_declare_services() => Assert.NotEmpty(Methods);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_says_who_may_call_it(string method)
    {
        var rule = RuleOf(method);

        Assert.True(rule is not null, $"{method} has no ecosystem.authz.v1.rule, so nobody could call it.");
        Assert.True(
            rule.Public ? rule.Permission.Length == 0 && rule.Roles.Count == 0 : rule.Permission.Length > 0 && rule.Roles.Count > 0,
            $"{method} must be public, or name a permission and the roles that carry it.");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_role_a_method_names_exists_in_the_realm(string method)
    {
        var realm = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "charts/ecosystem/files/realm-ecosystem.json")));
        var roles = realm.RootElement.GetProperty("roles").GetProperty("realm").EnumerateArray()
            .Select(role => role.GetProperty("name").GetString())
            .ToHashSet();

        Assert.All(RuleOf(method)!.Roles, role => Assert.Contains(role, roles));
    }

    private static Rule? RuleOf(string method) => ContractFiles.Services
        .SelectMany(service => service.Methods)
        .Single(candidate => candidate.FullName == method)
        .GetOptions()?.GetExtension(RuleExtensions.Rule);
}
