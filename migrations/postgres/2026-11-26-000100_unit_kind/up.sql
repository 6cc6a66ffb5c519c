-- What kinds of units there are. unit.kind holds a code of these.
CREATE TABLE unit_kind (
    code TEXT NOT NULL PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- what its units are to the program; never changes
    nature TEXT NOT NULL,
    -- whether its units can have nothing above them
    at_top BOOLEAN NOT NULL,
    -- where it stands in lists
    place BIGINT NOT NULL
);

-- Below units of which kinds it stands. Where there is no row, below any but schools.
CREATE TABLE unit_kind_above (
    kind TEXT NOT NULL REFERENCES unit_kind (code) ON DELETE CASCADE,
    above TEXT NOT NULL REFERENCES unit_kind (code),
    PRIMARY KEY (kind, above)
);

INSERT INTO unit_kind (code, name_vi, name_en, nature, at_top, place) VALUES
    ('so_gddt', 'Sở Giáo dục và Đào tạo', 'Department of Education', 'co_quan', TRUE, 1),
    ('phong_gddt', 'Phòng Giáo dục và Đào tạo', 'District education office', 'co_quan', TRUE, 2),
    ('phuong', 'Phường, xã', 'Ward or commune', 'co_quan', TRUE, 3),
    ('truong', 'Trường', 'School', 'truong', TRUE, 4),
    ('mat_tran', 'Mặt trận Tổ quốc', 'Fatherland Front', 'mat_tran', TRUE, 5);
