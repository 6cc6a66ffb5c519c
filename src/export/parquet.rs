//! Apache Parquet: numbers are numbers, the day on which a form came in is a day, everything else a text. Not asked is null,
//! not answered the column's code, mostly -9; a day that people were asked for is therefore a text.

use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::{ExportError, Rows, Variable};
use crate::survey::question::Content;

/// Rows that are kept until their columns are written.
const GROUP: usize = 10_000;

impl From<ParquetError> for ExportError {
    fn from(error: ParquetError) -> Self {
        Self::Write(match error {
            ParquetError::External(inside) => match inside.downcast::<std::io::Error>() {
                Ok(error) => *error,
                Err(other) => std::io::Error::other(other),
            },
            other => std::io::Error::other(other),
        })
    }
}

/// Writes all rows.
///
/// # Errors
/// The database failed, or the file could not be written.
pub(super) fn write(rows: &Rows, out: impl Write + Send, progress: &mut dyn FnMut(u64)) -> Result<u64, ExportError> {
    let fields: Result<Vec<_>, ParquetError> =
        rows.variables.iter().map(|variable| field(variable).map(Arc::new)).collect();
    let schema = Type::group_type_builder("submissions").with_fields(fields?).build()?;
    let excluded =
        (rows.excluded.forms > 0).then(|| KeyValue::new("excluded_forms".to_owned(), rows.excluded.to_string()));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let properties = properties.set_key_value_metadata(excluded.map(|told| vec![told])).build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut columns: Vec<Column> = rows.variables.iter().map(Column::of).collect();
    let mut waiting = 0;
    let written = rows.each(
        |line| {
            columns.iter_mut().zip(line.cells()).for_each(|(column, cell)| column.push(cell));
            waiting += 1;
            if waiting == GROUP {
                waiting = 0;
                group(&mut columns, file.next_row_group()?)?;
            }
            Ok::<(), ExportError>(())
        },
        progress,
    )?;
    if waiting > 0 {
        group(&mut columns, file.next_row_group()?)?;
    }
    file.close()?;
    Ok(written)
}

fn group<W: Write + Send>(
    columns: &mut [Column],
    mut group: SerializedRowGroupWriter<'_, W>,
) -> Result<(), ExportError> {
    for column in columns {
        column.write(&mut group)?;
    }
    group.close()?;
    Ok(())
}

fn field(variable: &Variable) -> Result<Type, ParquetError> {
    let (physical, logical) = match Column::of(variable) {
        Column::Whole(_) => (Physical::INT64, None),
        Column::Decimal(_) => (Physical::DOUBLE, None),
        Column::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        Column::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(&variable.name, physical).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build()
}

/// Cells of one column that wait for their group.
enum Column {
    Whole(Cells<i64>),
    Decimal(Cells<f64>),
    Day(Cells<i32>),
    Text(Cells<ByteArray>),
}

struct Cells<T> {
    values: Vec<T>,
    /// 1 where there is a value.
    levels: Vec<i16>,
}

impl<T> Cells<T> {
    fn none() -> Self {
        Self { values: Vec::new(), levels: Vec::new() }
    }

    fn push(&mut self, value: Option<T>) {
        self.levels.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    fn write<D: DataType<T = T>>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    ) -> Result<(), ParquetError> {
        if let Some(mut column) = group.next_column()? {
            column.typed::<D>().write_batch(&self.values, Some(&self.levels), None)?;
            column.close()?;
        }
        self.values.clear();
        self.levels.clear();
        Ok(())
    }
}

impl Column {
    fn of(variable: &Variable) -> Self {
        match variable.content {
            Content::Whole | Content::Chosen(_) | Content::Position(_) => Self::Whole(Cells::none()),
            Content::Decimal => Self::Decimal(Cells::none()),
            Content::Date if variable.question.is_empty() => Self::Day(Cells::none()),
            Content::Code | Content::Codes | Content::Date | Content::Time | Content::Text => Self::Text(Cells::none()),
        }
    }

    fn push(&mut self, cell: &str) {
        match self {
            Self::Whole(cells) => cells.push(cell.parse().ok()),
            Self::Decimal(cells) => cells.push(cell.parse().ok()),
            Self::Day(cells) => cells.push(cell.parse::<NaiveDate>().ok().and_then(days)),
            Self::Text(cells) => cells.push(Some(ByteArray::from(cell)).filter(|_| !cell.is_empty())),
        }
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, impl Write + Send>) -> Result<(), ParquetError> {
        match self {
            Self::Whole(cells) => cells.write::<Int64Type>(group),
            Self::Decimal(cells) => cells.write::<DoubleType>(group),
            Self::Day(cells) => cells.write::<Int32Type>(group),
            Self::Text(cells) => cells.write::<ByteArrayType>(group),
        }
    }
}

/// Days since 1970.
fn days(day: NaiveDate) -> Option<i32> {
    i32::try_from((day - NaiveDate::default()).num_days()).ok()
}
