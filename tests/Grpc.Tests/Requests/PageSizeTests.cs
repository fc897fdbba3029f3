using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.Contracts;
using Ecosystem.Grpc.Descriptors;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace Ecosystem.Grpc.Tests.Requests;

public sealed partial class PageSizeTests
{
    public static TheoryData<string> Requests => [.. Sizes.Select(size => size.ContainingType.FullName)];

    private static IEnumerable<FieldDescriptor> Sizes =>
        ContractFiles.All.SelectMany(file => file.MessageTypes).Select(message => message.FindFieldByName(PageSize.Field)).OfType<FieldDescriptor>();

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 1)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(int.MaxValue, 200)]
    public void A_page_is_as_large_as_wished_up_to_the_largest(int wished, int read) => Assert.Equal(read, PageSize.OrRefuse(wished));

    [Fact]
    public void A_contract_may_have_numbers_of_its_own() =>
        Assert.Equal([8, 20], [PageSize.OrRefuse(0, usual: 8, largest: 20), PageSize.OrRefuse(200, usual: 8, largest: 20)]);

    [Fact]
    public void A_negative_wish_is_refused_in_both_languages()
    {
        var refusal = RichStatus.Of(Assert.Throws<RpcException>(() => PageSize.OrRefuse(-1)));
        var violation = Assert.Single(RichStatus.Detail<BadRequest>(refusal)!.FieldViolations);
        Assert.Equal(("page_size", "A page cannot hold -1 entries; ask for 1 to 200.", "de"), (violation.Field, violation.Description, violation.LocalizedMessage.Locale));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_contract_of_a_list_says_what_becomes_of_a_wish(string request)
    {
        var said = Promise().Match(ProtoComments.Of(Sizes.Single(size => size.ContainingType.FullName == request)));
        Assert.True(said.Success, $"{request}.page_size: say \"1 to 200 (a larger wish counts as 200); 50 when absent.\" or other numbers.");
        Assert.Equal(said.Groups["largest"].Value, said.Groups["cut"].Value);
        Assert.InRange(int.Parse(said.Groups["usual"].Value, CultureInfo.InvariantCulture), 1, int.Parse(said.Groups["largest"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@", 1 to (?<largest>[\d,]+) \(a larger wish counts as (?<cut>[\d,]+)\); (?<usual>\d+) when absent\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Promise();
}
