//! Statements with one fixed text. diesel prepares every `UPDATE`, upsert and batch anew, because it cannot know that their
//! text stays the same; here it does, so each is prepared once per connection.

/// A statement with a fixed text and array parameters, cached by its type.
macro_rules! statement {
    ($backend:ty, $connection:ty, $name:ident { $($field:ident: $sql:ty = $rust:ty),+ $(,)? } $returns:ty, [$($text:expr),+ $(,)?]) => {
        struct $name<'a> { $($field: $rust),+ }

        impl<'a> ::diesel::query_builder::QueryFragment<$backend> for $name<'a> {
            fn walk_ast<'b>(&'b self, mut out: ::diesel::query_builder::AstPass<'_, 'b, $backend>) -> ::diesel::result::QueryResult<()> {
                let mut texts = [$($text),+].into_iter();
                $(
                    out.push_sql(texts.next().unwrap_or_default());
                    out.push_bind_param::<$sql, _>(&self.$field)?;
                )+
                texts.for_each(|text| out.push_sql(text));
                Ok(())
            }
        }

        impl ::diesel::query_builder::QueryId for $name<'_> {
            type QueryId = $name<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl ::diesel::query_builder::Query for $name<'_> {
            type SqlType = $returns;
        }

        impl ::diesel::RunQueryDsl<$connection> for $name<'_> {}
    };
}
pub(super) use statement;
